package io.switchboard.kit.member;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.peer.Peer;
import io.switchboard.kit.peer.Peer.PeerRequest;
import io.switchboard.kit.peer.PeerRefusal;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks auth-service for what it pushes and has not arrived yet. Never inside a transaction. */
@ApplicationScoped
public class CopyClient {
    private static final Logger LOG = Logger.getLogger(CopyClient.class);
    private static final String AUTH = "auth-service";

    private final Peer peer;
    private final ObjectMapper json;
    private final Validator validator;

    CopyClient(Peer peer, ObjectMapper json, Validator validator) {
        this.peer = peer;
        this.json = json;
        this.validator = validator;
    }

    /**
     * Null if the organization has no such thing. Fails with {@code unavailable} (503) while auth-service gives no usable answer.
     *
     * @param shape the body of the push
     */
    public <T> Uni<@Nullable T> find(CallerContext caller, String path, Class<T> shape) {
        var request = new PeerRequest(
                AUTH, HttpMethod.GET, path, caller.orgId(), caller.requestId(), Map.of(), Buffer.buffer());
        return peer.send(request)
                .<@Nullable T>map(answer -> read(answer.bodyAsString(), shape))
                .onFailure(failure -> failure instanceof PeerRefusal refusal && refusal.status() == 404)
                .recoverWithNull()
                .onFailure()
                .invoke(failure -> LOG.infof("No answer of auth-service to %s: %s", path, failure.getMessage()))
                .onFailure()
                .transform(failure -> Problem.unavailable(1));
    }

    private <T> T read(String body, Class<T> shape) {
        try {
            // auth-service may be newer and say more than this service knows.
            var form = json.readerFor(shape)
                    .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .<T>readValue(body);
            if (!validator.validate(form).isEmpty()) {
                throw new IllegalStateException("the answer lacks a field");
            }
            return form;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the answer is malformed", e);
        }
    }
}
