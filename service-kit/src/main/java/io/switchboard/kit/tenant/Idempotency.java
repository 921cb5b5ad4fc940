package io.switchboard.kit.tenant;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Versioned;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.GivenHeader;
import io.switchboard.kit.secret.Fingerprint;
import io.switchboard.kit.secret.RowCipher;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Makes a POST that carries {@code Idempotency-Key} take effect once, and answers repetitions with the first answer. */
@ApplicationScoped
public class Idempotency {
    private static final String HEADER = "Idempotency-Key";
    private static final Pattern FIT = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /** Claims the key, also one whose 24 hours are over; waits for a first request that is still at work. */
    private static final String CLAIM =
            "insert into idempotency_keys (org_id, principal, operation, key, fingerprint) values ($1, $2, $3, $4, $5)"
                    + " on conflict (org_id, principal, operation, key) do update"
                    + " set fingerprint = excluded.fingerprint, answer = null, created_at = now()"
                    + " where idempotency_keys.created_at < now() - interval '24 hours'";

    private static final String KEEP = "update idempotency_keys set answer = $5"
            + " where org_id = $1 and principal = $2 and operation = $3 and key = $4";
    private static final String FIND = "select fingerprint, answer from idempotency_keys"
            + " where org_id = $1 and principal = $2 and operation = $3 and key = $4";

    private final CurrentVertxRequest request;
    private final ObjectMapper json;
    private final RowCipher cipher;
    private final Fingerprint fingerprint;

    Idempotency(CurrentVertxRequest request, ObjectMapper json, RowCipher cipher, Fingerprint fingerprint) {
        this.request = request;
        this.json = json;
        this.cipher = cipher;
        this.fingerprint = fingerprint;
    }

    /** Where a request's key is kept. */
    private record Place(UUID orgId, String principal, String operation, String key) {
        Object[] with(Object... more) {
            var all = Arrays.copyOf(new Object[] {orgId, principal, operation, key}, 4 + more.length);
            System.arraycopy(more, 0, all, 4, more.length);
            return all;
        }
    }

    /** An answer as it is kept. */
    private record Kept(
            int status,
            @Nullable UUID id,
            int version,
            @JsonRawValue @Nullable String body) {}

    /** Fails with {@code idempotency_key_reused} (422) where the key came with another request before. */
    public Uni<?> once(CallerContext caller, SessionSql sql, InvocationContext call) {
        var context = request.getCurrent();
        var key = context.request().method() == HttpMethod.POST ? GivenHeader.of(context.request(), HEADER) : null;
        if (key == null) {
            return proceed(call);
        }
        if (!FIT.matcher(key).matches()) {
            throw Problem.badRequest(
                    "invalid_idempotency_key", "Idempotency-Key is 1 to 255 visible ASCII characters.");
        }
        var place = new Place(caller.orgId(), caller.principal(), "POST " + context.normalizedPath(), key);
        var print = Buffer.buffer(fingerprint.of(written(call.getParameters())));
        return sql.update(CLAIM, place.with(print))
                .chain(claimed ->
                        claimed == 1 ? first(place, sql, call) : again(place, print, sql, context.normalizedPath()));
    }

    private Uni<?> first(Place place, SessionSql sql, InvocationContext call) {
        return proceed(call)
                .call(result -> sql.update(KEEP, place.with(Buffer.buffer(sealed(place, kept(result, call))))));
    }

    private Uni<?> again(Place place, Buffer print, SessionSql sql, String path) {
        return sql.select(FIND, place.with()).onItem().failWith(found -> {
            var row = found.next();
            if (!print.equals(row[0])) {
                return Problem.of(
                        422, "idempotency_key_reused", "This Idempotency-Key came with another request before.");
            }
            // Not a failure, but it must undo the transaction; the mapper passes a ready answer through.
            return new WebApplicationException(response(place, ((Buffer) row[1]).getBytes(), path));
        });
    }

    private Kept kept(@Nullable Object result, InvocationContext call) {
        var declared = call.getMethod().getAnnotation(ResponseStatus.class);
        var status = declared == null ? 200 : declared.value();
        var entity = result;
        if (result instanceof RestResponse<?> response) {
            status = response.getStatus();
            entity = response.getEntity();
        }
        var body = entity == null ? null : new String(written(entity), StandardCharsets.UTF_8);
        return entity instanceof Versioned thing
                ? new Kept(status, thing.id(), thing.version(), body)
                : new Kept(status, null, 0, body);
    }

    private Response response(Place place, byte[] sealed, String path) {
        try {
            var kept = json.readTree(cipher.open(sealed, place.orgId(), "idempotency_keys", place.key()));
            var response = Response.status(kept.get("status").intValue()).header("Idempotent-Replayed", "true");
            body(kept)
                    .ifPresent(body -> response.type(MediaType.APPLICATION_JSON).entity(body));
            if (kept.hasNonNull("id")) {
                response.header(
                        HttpHeaders.ETAG, Versioned.etag(kept.get("version").intValue()));
                response.header(
                        HttpHeaders.LOCATION, path + "/" + kept.get("id").textValue());
            }
            return response.build();
        } catch (IOException e) {
            throw new IllegalStateException("A kept answer cannot be read", e);
        }
    }

    private static Optional<String> body(JsonNode kept) {
        return kept.hasNonNull("body") ? Optional.of(kept.get("body").toString()) : Optional.empty();
    }

    private byte[] sealed(Place place, Kept kept) {
        return cipher.seal(written(kept), place.orgId(), "idempotency_keys", place.key());
    }

    private byte[] written(Object value) {
        try {
            return json.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer cannot be written as JSON", e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Uni<Object> proceed(InvocationContext call) {
        try {
            return (Uni<Object>) call.proceed();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
