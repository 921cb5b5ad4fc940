package io.switchboard.crm.tool;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.peer.Peer;
import io.switchboard.kit.peer.Peer.PeerRequest;
import io.switchboard.kit.peer.PeerAway;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.text.CleanText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks voice-service for a contact's last call before the one that goes on. An answer in time without it is worth more. */
@ApplicationScoped
class LastCalls {
    private static final Logger LOG = Logger.getLogger(LastCalls.class);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
    private static final int MOST_BYTES = 1024 * 1024;
    private static final int LONGEST_SUMMARY = 500;

    private final Peer peer;

    LastCalls(Peer peer) {
        this.peer = peer;
    }

    /** @param summary null where the call has none */
    record LastCall(
            OffsetDateTime at,
            @Nullable String direction,
            @Nullable String summary) {}

    /** Null where there is none, or voice-service is away. @param current the call that goes on */
    Uni<@Nullable LastCall> find(CallerContext caller, UUID contactId, @Nullable UUID current) {
        var path = "/internal/calls?contactId=" + contactId + "&limit=2";
        var request = new PeerRequest(
                "voice-service", HttpMethod.GET, path, caller.orgId(), caller.requestId(), Map.of(), Buffer.buffer());
        return peer.send(request)
                .map(answer -> read(answer.body(), current))
                .ifNoItem()
                .after(LONGEST_WAIT)
                .failWith(() -> new PeerAway("voice-service", "no answer in time"))
                .onFailure()
                .invoke(failure -> LOG.debugf("A look-up goes without the last call: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private static @Nullable LastCall read(@Nullable Buffer body, @Nullable UUID current) {
        if (body == null || body.length() > MOST_BYTES) {
            return null;
        }
        var calls = new JsonObject(body).getJsonArray("items");
        for (int i = 0; i < calls.size(); i++) {
            var call = calls.getJsonObject(i);
            if (current == null || !current.toString().equals(call.getString("id"))) {
                return call(call);
            }
        }
        return null;
    }

    private static LastCall call(JsonObject call) {
        var summary = call.getString("summary");
        return new LastCall(
                OffsetDateTime.parse(call.getString("startedAt")),
                call.getString("direction"),
                summary == null ? null : CleanText.cut(summary, LONGEST_SUMMARY));
    }
}
