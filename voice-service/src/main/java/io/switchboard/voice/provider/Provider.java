package io.switchboard.voice.provider;

import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.signature.Credentials;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.DeliveryLimits;
import io.switchboard.voice.signature.EndpointOptions;
import io.switchboard.voice.signature.Option;
import io.switchboard.voice.signature.RandomSecret;
import io.switchboard.voice.signature.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One provider of calls: how it signs its deliveries, what identifies an event, and what each tells about a call. Each is a
 * bean in a sub-package of its name; nothing else knows it.
 */
public interface Provider {
    /** As in the URL and in {@code webhook_endpoints.provider}. */
    String name();

    /** What its endpoints may be given as {@code options}; none unless it says so. */
    default List<Option> options() {
        return List.of();
    }

    /**
     * Why an endpoint cannot have this secret, such as "is the public key …"; null when it can.
     *
     * @param secret 8 to 512 visible ASCII characters; null where one is to be made
     * @param options of the endpoint, each as {@link #options} admits it
     */
    default @Nullable String refuseSecret(@Nullable String secret, EndpointOptions options) {
        return null;
    }

    /** A random secret in the form that the provider expects. */
    default String newSecret() {
        return RandomSecret.next();
    }

    /**
     * Whether it is a voice platform, which leads the talk, and not only the carrier beneath one: of a call over both, its row stands for
     * the whole.
     */
    default boolean isVoicePlatform() {
        return false;
    }

    /** Whether it is the one that is meant where none is named; one is. */
    default boolean isUsual() {
        return false;
    }

    /** How many bytes of a body are read at most, by what the URL and the media type allow. */
    default int mostBytes(String url, @Nullable String contentType, DeliveryLimits limits) {
        return DeliveryLimits.MOST_BYTES;
    }

    /** Whether the provider delivers by this HTTP method and signs what it then sends; another one is answered 401. */
    default boolean accepts(String method) {
        return method.equals("POST");
    }

    /** Whether its telephone numbers are E.164 without the plus. */
    default boolean omitsPlus() {
        return false;
    }

    /**
     * Which secret signed this delivery; also recently, if the provider signs a time. It parses no more of the body than
     * {@link DeliveryLimits} admit, and never fails. For an endpoint that does not exist it is asked with
     * {@link Credentials#NONE} and without the body: {@link Verdict#RETRY} must follow from the headers alone.
     */
    Verdict verify(Delivery delivery, Credentials credentials, Instant now);

    /**
     * The events of a verified delivery: usually one, none for an empty batch. It runs before the answer, so it reads only
     * what identifies the events, builds no tree, and never fails: a delivery without identification, or with more events
     * than {@link DeliveryLimits} admit, is one malformed event.
     */
    List<IdentifiedEvent> identify(Delivery delivery);

    /** As {@link #identify(Delivery)}, for a provider whose endpoints say in which header an event's id comes. */
    default List<IdentifiedEvent> identify(Delivery delivery, EndpointOptions options) {
        return identify(delivery);
    }

    /** The answer that asks the provider for nothing. */
    Reply reply(List<IdentifiedEvent> events);

    /**
     * What a verified delivery asks for while the provider waits; null for one that only tells. It runs before the answer, so it
     * builds a tree only of what asks.
     *
     * @param events of the delivery
     */
    default @Nullable AnswerRequest answerRequest(
            Delivery delivery, List<IdentifiedEvent> events, EndpointOptions options) {
        return null;
    }

    /** The answer to {@link #answerRequest} in the provider's form. Only for providers that ask. */
    default Reply answer(AnswerRequest request, AnswerContent content) {
        return Reply.EMPTY;
    }

    /** What an event tells about its call; null when it is about no call. Fails with {@link Untranslatable}. */
    @Nullable
    CallEvent translate(RawEvent event);

    /** How its recordings are fetched with the organization's API key; null where they cannot be. */
    default @Nullable RecordingLookup recordings() {
        return null;
    }

    /** How its own configuration of an assistant takes what a client set; null where it cannot. */
    default @Nullable AssistantUpdate assistantUpdate() {
        return null;
    }

    /** How it is asked what became of a call, with the organization's API key; null where it cannot be asked. */
    default @Nullable OutcomeLookup outcomes() {
        return null;
    }
}
