package io.switchboard.voice.provider.standard;

import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.JsonNames;
import io.switchboard.voice.provider.Provider;
import io.switchboard.voice.provider.RawEvent;
import io.switchboard.voice.provider.Reply;
import io.switchboard.voice.signature.Credentials;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.EndpointOptions;
import io.switchboard.voice.signature.HmacTemplate;
import io.switchboard.voice.signature.Option;
import io.switchboard.voice.signature.RandomSecret;
import io.switchboard.voice.signature.SecretForm;
import io.switchboard.voice.signature.Verdict;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Any platform that signs as Standard Webhooks says and tells of calls in our own words. */
@Singleton
public class Standard implements Provider {
    private static final HmacTemplate SIGNATURE = new HmacTemplate(
            "webhook-signature",
            "webhook-timestamp",
            "webhook-id",
            "v1,",
            false,
            "{svix-id}.{timestamp}.{body}",
            SecretForm.BASE64_OR_TEXT);
    private static final Set<String> NAMES = Set.of("/type", "/timestamp", "/data/callId");

    @Override
    public String name() {
        return "standard";
    }

    @Override
    public List<Option> options() {
        return HmacTemplate.OPTIONS;
    }

    @Override
    public @Nullable String refuseSecret(@Nullable String secret, EndpointOptions options) {
        return HmacTemplate.refuseSecret(secret, options);
    }

    @Override
    public String newSecret() {
        return "whsec_" + Base64.getEncoder().encodeToString(RandomSecret.bytes());
    }

    @Override
    public Verdict verify(Delivery delivery, Credentials credentials, Instant now) {
        return SIGNATURE.with(credentials.options()).verify(delivery, credentials, now);
    }

    @Override
    public List<IdentifiedEvent> identify(Delivery delivery) {
        return identify(delivery, EndpointOptions.NONE);
    }

    @Override
    public List<IdentifiedEvent> identify(Delivery delivery, EndpointOptions options) {
        Map<String, String> names = JsonNames.read(delivery.body(), NAMES);
        if (names == null) {
            return IdentifiedEvent.malformed(delivery.body(), "The body is not one JSON object.")
                    .alone();
        }
        String id = delivery.header(SIGNATURE.with(options).messageIdHeader());
        return named(names, id, delivery.body()).alone();
    }

    private static IdentifiedEvent named(Map<String, String> names, @Nullable String id, byte[] body) {
        String type = names.getOrDefault("/type", "");
        String call = StandardEvent.isOfCall(type) ? names.getOrDefault("/data/callId", "") : null;
        if (type.isEmpty() || call != null && call.isEmpty()) {
            return IdentifiedEvent.malformed(
                    body, type.isEmpty() ? "The event has no type." : "The event names no call.");
        }
        String derived = IdentifiedEvent.key(call, type, names.get("/timestamp"));
        return IdentifiedEvent.of(id == null ? derived : id.strip(), type, call, body);
    }

    @Override
    public Reply reply(List<IdentifiedEvent> events) {
        return Reply.EMPTY;
    }

    @Override
    public @Nullable CallEvent translate(RawEvent event) {
        return StandardEvent.isOfCall(event.type())
                ? new StandardEvent(Json.tree(event.body()), event).callEvent()
                : null;
    }
}
