package io.switchboard.kit.peer;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.request.RequestId;
import io.switchboard.kit.request.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A call to another service, signed with a service token for it. */
@ApplicationScoped
public class Peer {
    private final Peers peers;
    private final ServiceTokens tokens;

    Peer(Peers peers, ServiceTokens tokens) {
        this.peers = peers;
        this.tokens = tokens;
    }

    /**
     * A request to a peer.
     *
     * @param orgId the tenant that it is for; null for no particular tenant
     * @param headers further headers, such as Idempotency-Key
     */
    public record PeerRequest(
            String peer,
            HttpMethod method,
            String path,
            @Nullable UUID orgId,
            String requestId,
            Map<String, String> headers,
            Buffer body) {

        public static PeerRequest json(
                String peer, HttpMethod method, String path, @Nullable UUID orgId, String requestId, Buffer body) {
            return new PeerRequest(
                    peer, method, path, orgId, requestId, Map.of("Content-Type", "application/json"), body);
        }
    }

    /** The answer if it is a 2xx. Fails with {@link PeerAway} or {@link PeerRefusal}; never call it inside a transaction. */
    public Uni<HttpResponse<Buffer>> send(PeerRequest call) {
        var trace = TraceContext.current();
        var traced = trace == null ? Map.<String, String>of() : trace.headers();
        return tokens.token(call.peer(), call.orgId())
                .chain(token -> peers.send(call.peer(), client -> send(client, call, token, traced)))
                .ifNoItem()
                .after(Duration.ofMillis(Peers.TOTAL_MILLIS)) // the token's request and this one together
                .failWith(() -> new PeerAway(call.peer(), "no answer in time"))
                .onFailure(Peer::isTokenRefused)
                .invoke(() -> tokens.forget(call.peer(), call.orgId()));
    }

    private Future<HttpResponse<Buffer>> send(
            WebClient client, PeerRequest call, String token, Map<String, String> traced) {
        return call.method().equals(HttpMethod.GET)
                ? Peers.repeatIfClosed(() -> request(client, call, token, traced))
                : request(client, call, token, traced);
    }

    private Future<HttpResponse<Buffer>> request(
            WebClient client, PeerRequest call, String token, Map<String, String> traced) {
        var request = client.requestAbs(call.method(), peers.url(call.peer(), call.path()))
                .timeout(Peers.TOTAL_MILLIS)
                .bearerTokenAuthentication(token)
                .putHeader(RequestId.HEADER, call.requestId());
        traced.forEach(request::putHeader);
        call.headers().forEach(request::putHeader);
        return request.sendBuffer(call.body());
    }

    private static boolean isTokenRefused(Throwable failure) {
        return failure instanceof PeerRefusal refusal && refusal.status() == 401;
    }
}
