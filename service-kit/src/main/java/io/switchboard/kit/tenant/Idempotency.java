package io.switchboard.kit.tenant;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.KeptAnswer;
import io.switchboard.kit.http.KeyedRequest;
import io.switchboard.kit.http.Versioned;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.secret.Fingerprint;
import io.switchboard.kit.secret.RowCipher;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a POST with an {@code Idempotency-Key} take effect once, and answers a repeated one with the first answer. Claim, work and
 * answer commit together.
 */
@ApplicationScoped
class Idempotency {
    static final String TABLE = "idempotency_keys";
    static final Pattern FIT = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /** Claims the key, also one whose 24 hours are over; waits for a first request that is still at work. */
    static final String CLAIM =
            "insert into idempotency_keys (org_id, principal, operation, key, fingerprint) values ($1, $2, $3, $4, $5)"
                    + " on conflict (org_id, principal, operation, key) do update"
                    + " set fingerprint = excluded.fingerprint, answer = null, created_at = now()"
                    + " where idempotency_keys.created_at < now() - interval '24 hours'";

    static final String KEEP = "update idempotency_keys set answer = $5"
            + " where org_id = $1 and principal = $2 and operation = $3 and key = $4";
    static final String FIND = "select fingerprint, answer from idempotency_keys"
            + " where org_id = $1 and principal = $2 and operation = $3 and key = $4";

    /** As KEEP, for an answer that shows one thing. */
    static final String KEEP_OF = "update idempotency_keys set answer = $5, subject = $6"
            + " where org_id = $1 and principal = $2 and operation = $3 and key = $4";

    private static final String FORGET =
            "delete from idempotency_keys where org_id = $1 and principal = $2 and operation = $3 and key = $4";

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
    private record KeyId(UUID orgId, String principal, String operation, String key) {
        Object[] with(Object... more) {
            var all = Arrays.copyOf(new Object[] {orgId, principal, operation, key}, 4 + more.length);
            System.arraycopy(more, 0, all, 4, more.length);
            return all;
        }
    }

    /** Fails with {@code idempotency_key_reused} (422) if the key came with another request before. */
    Uni<Object> runOnce(CallerContext caller, SessionSql sql, Supplier<Uni<Object>> work) {
        var context = request.getCurrent();
        var keyed = KeyedRequest.of(context);
        if (keyed == null) {
            return work.get();
        }
        check(keyed.key());
        var place = new KeyId(caller.orgId(), caller.principal(), "POST " + context.normalizedPath(), keyed.key());
        var print = Buffer.buffer(fingerprint.of(keyed.content()));
        return sql.update(CLAIM, place.with(print))
                .chain(claimed -> claimed == 1
                        ? work.get().call(result -> close(keyed, place, sql, result))
                        : replay(place, print, sql));
    }

    static void check(String key) {
        if (!FIT.matcher(key).matches()) {
            throw Problem.badRequest(
                    "invalid_idempotency_key", "Idempotency-Key is 1 to 255 visible ASCII characters.");
        }
    }

    static Problem reused() {
        return Problem.of(422, "idempotency_key_reused", "This Idempotency-Key came with another request before.");
    }

    static Problem erased() {
        return Problem.conflict("answer_erased", "The answer to this request was about a person who is erased.");
    }

    private Uni<?> close(KeyedRequest keyed, KeyId place, SessionSql sql, @Nullable Object result) {
        if (!keyed.isKept()) {
            return sql.update(FORGET, place.with());
        }
        var answer = keyed.answer(result, json).written(json);
        var sealed = Buffer.buffer(cipher.seal(answer, place.orgId(), TABLE, place.key()));
        return KeptAnswer.entity(result) instanceof Versioned shown
                ? sql.update(KEEP_OF, place.with(sealed, shown.id()))
                : sql.update(KEEP, place.with(sealed));
    }

    private Uni<Object> replay(KeyId place, Buffer print, SessionSql sql) {
        return sql.select(FIND, place.with())
                .chain(found -> Uni.createFrom().failure(answer(place, print, found.next())));
    }

    /** A ready answer is no failure, but it must undo the transaction; the mapper passes it through. */
    private RuntimeException answer(KeyId place, Buffer print, Object[] kept) {
        if (!print.equals(kept[0])) {
            return reused();
        }
        return kept[1] == null ? erased() : new WebApplicationException(replayed(place, ((Buffer) kept[1]).getBytes()));
    }

    private Response replayed(KeyId place, byte[] sealed) {
        var answer = KeptAnswer.read(cipher.open(sealed, place.orgId(), TABLE, place.key()), json);
        return Response.fromResponse(answer.response())
                .header("Idempotent-Replayed", "true")
                .build();
    }
}
