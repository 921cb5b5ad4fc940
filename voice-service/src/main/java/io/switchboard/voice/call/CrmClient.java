package io.switchboard.voice.call;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.peer.Peer;
import io.switchboard.kit.phone.PhoneNumbers;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.text.CleanText;
import io.switchboard.voice.call.Effect.CallMissed;
import io.switchboard.voice.call.Effect.ContactFromCall;
import io.switchboard.voice.callevent.LeadScore;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends crm-service what follows from calls. */
@ApplicationScoped
class CrmClient {
    private static final String CRM = "crm-service";
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_NUMBER = 100;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Peer peer;
    private final ObjectMapper json;

    CrmClient(Peer peer, ObjectMapper json) {
        this.peer = peer;
        this.json = json;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ContactUpdate(
            @Nullable String name,
            @Nullable Instant lastContactAt,
            @Nullable LeadScore leadScore) {}

    record Notification(
            Map<String, List<String>> audience,
            String type,
            String title,
            String message,
            String relatedType,
            UUID relatedId) {}

    /** One after the other. Answers the contact's id; null when no effect is about a contact. Fails as {@link Peer#send} does. */
    Uni<@Nullable UUID> send(CallerContext caller, List<Effect> effects) {
        Uni<@Nullable UUID> sent = Uni.createFrom().nullItem();
        for (var effect : effects) {
            sent = sent.chain(before -> send(caller, effect).map(id -> id == null ? before : id));
        }
        return sent;
    }

    private Uni<@Nullable UUID> send(CallerContext caller, Effect effect) {
        // Two cases; Java 17 has no pattern switch.
        return effect instanceof ContactFromCall contact
                ? upsertFromCall(caller, contact)
                : notify(caller, (CallMissed) effect).map(sent -> null);
    }

    private Uni<UUID> upsertFromCall(CallerContext caller, ContactFromCall contact) {
        var path = "/internal/contacts/by-phone/" + URLEncoder.encode(contact.phone(), StandardCharsets.UTF_8);
        var name = contact.name();
        var body = new ContactUpdate(
                name == null ? null : CleanText.cut(name, LONGEST_NAME), contact.lastContactAt(), contact.leadScore());
        return send(caller, HttpMethod.PUT, path, contact.key(), body)
                .map(answer -> UUID.fromString(answer.bodyAsJsonObject().getString("id")));
    }

    private Uni<?> notify(CallerContext caller, CallMissed missed) {
        var who = missed.from() == null || PhoneNumbers.isWithheld(missed.from())
                ? "a withheld number"
                : CleanText.cut(missed.from(), LONGEST_NUMBER);
        var when = missed.at() == null ? "" : " on " + MINUTE.format(missed.at());
        var body = new Notification(
                Map.of("roles", List.of("admin", "agent")),
                "missed_call",
                "Missed call from " + who,
                "A call from " + who + when + " was not answered.",
                "call",
                missed.callId());
        return send(caller, HttpMethod.POST, "/internal/notifications", missed.key(), body);
    }

    private Uni<HttpResponse<Buffer>> send(
            CallerContext caller, HttpMethod method, String path, String key, Object body) {
        var headers = Map.of("Content-Type", "application/json", "Idempotency-Key", key);
        return peer.send(
                new Peer.PeerRequest(CRM, method, path, caller.orgId(), caller.requestId(), headers, toJson(body)));
    }

    private Buffer toJson(Object body) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
