package io.switchboard.voice.tool;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.peer.Peer;
import io.switchboard.kit.peer.PeerAway;
import io.switchboard.kit.peer.PeerRefusal;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.voice.signature.Signature;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tools of crm-service. */
@ApplicationScoped
class CrmTools {
    /** What fits into an Idempotency-Key. */
    private static final Pattern FITS = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /** Refusals that say nothing about the tool call; 404 is what a replica says that does not have the tool yet. */
    private static final Set<Integer> PASSING = Set.of(401, 403, 404, 408);

    private final Peer peer;

    CrmTools(Peer peer) {
        this.peer = peer;
    }

    /**
     * Fails as {@link Peer#send} does.
     *
     * @param key the same for every try of one use; null for what may be done twice
     */
    Uni<JsonObject> use(CallerContext caller, String tool, @Nullable String key, String body) {
        var headers = new HashMap<String, String>();
        headers.put("Content-Type", "application/json");
        if (key != null) {
            headers.put("Idempotency-Key", fitting(key));
        }
        var request = new Peer.PeerRequest(
                "crm-service",
                HttpMethod.POST,
                "/internal/tools/" + tool,
                caller.orgId(),
                caller.requestId(),
                headers,
                Buffer.buffer(body));
        return peer.send(request).map(answer -> some(answer.bodyAsJsonObject()));
    }

    private static JsonObject some(@Nullable JsonObject body) {
        if (body == null) {
            throw new PeerAway("crm-service", "answered nothing");
        }
        return body;
    }

    /** Whether the same request would be refused again. */
    static boolean isFinal(Throwable failure) {
        return failure instanceof PeerRefusal refusal
                && refusal.status() / 100 == 4
                && !PASSING.contains(refusal.status());
    }

    private static String fitting(String key) {
        return FITS.matcher(key).matches() ? key : "sha256:" + Signature.hex(Signature.sha256(Signature.utf8(key)));
    }
}
