package io.switchboard.voice.provider;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that is known about one provider of calls: how it signs, names and tells its events. */
public interface Provider {
    /** As it stands in the URL and in {@code webhook_endpoints.provider}. */
    String name();

    /** The most bytes of a delivery's body that are read, as far as its URL and its media type tell. */
    default int mostBytes(String url, @Nullable String contentType, DeliveryLimits limits) {
        return DeliveryLimits.MOST_BYTES;
    }

    /**
     * Whether one of the active secrets signed this delivery, and recently where the provider signs a time. It parses
     * no more of the body than {@link DeliveryLimits} admit.
     */
    boolean verifies(Delivery delivery, List<byte[]> secrets, Instant now);

    /**
     * The events of a verified delivery, named; usually one, none for an empty batch. It is on the path before the
     * answer, so it reads no more than the names need, builds no tree, and never fails: a delivery that cannot be named,
     * or holds more events than {@link DeliveryLimits} admit, is one malformed notice.
     */
    List<IdentifiedEvent> notices(Delivery delivery);

    /** The answer where nobody has anything better to say. */
    Reply reply(List<IdentifiedEvent> notices);

    /** What an event tells about its call; null when it is about none. Fails with {@link Untranslatable}. */
    @Nullable
    CallEvent translate(RawEvent event);
}
