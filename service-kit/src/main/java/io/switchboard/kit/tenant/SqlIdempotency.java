package io.switchboard.kit.tenant;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.KeptAnswer;
import io.switchboard.kit.secret.Fingerprint;
import io.switchboard.kit.secret.RowCipher;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@code Idempotency-Key} does for work on the PostgreSQL client. {@link TenantWork} does it for work on Hibernate; both keep
 * their answers in one table.
 */
@ApplicationScoped
public class SqlIdempotency {
    private final ObjectMapper json;
    private final RowCipher cipher;
    private final Fingerprint fingerprint;

    SqlIdempotency(ObjectMapper json, RowCipher cipher, Fingerprint fingerprint) {
        this.json = json;
        this.cipher = cipher;
        this.fingerprint = fingerprint;
    }

    /**
     * A request with a key.
     *
     * @param operation such as {@code POST /api/contacts/imports}
     * @param content what must be equal in a repeated request: its query, and a digest of its body
     */
    public record Request(String operation, String key, String content) {
        /** Fails with {@code invalid_idempotency_key}. */
        public Request {
            check(key);
        }

        public static void check(String key) {
            Idempotency.check(key);
        }
    }

    /**
     * What is answered, and what it is about.
     *
     * @param subject the id of the one thing that it shows: to find the kept answer when that is erased
     */
    public record Outcome(KeptAnswer answer, @Nullable UUID subject) {}

    /**
     * Does the work once for each key, in the transaction of the statements: where it fails, nothing is kept. Fails with
     * {@code idempotency_key_reused} (422) if the key came with another request before, and with {@code answer_erased} (409).
     *
     * @param request null if it has no key
     */
    public Uni<KeptAnswer> runOnce(
            CallerContext caller, Statements statements, @Nullable Request request, Supplier<Uni<Outcome>> work) {
        if (request == null) {
            return work.get().map(Outcome::answer);
        }
        var print = Buffer.buffer(fingerprint.of(request.content().getBytes(StandardCharsets.UTF_8)));
        return statements
                .run(Idempotency.CLAIM, place(caller, request).addBuffer(print))
                .chain(claimed -> claimed.rowCount() == 1
                        ? work.get()
                                .call(done -> keep(caller, statements, request, done))
                                .map(Outcome::answer)
                        : statements.first(
                                Idempotency.FIND, place(caller, request), row -> replay(caller, request, print, row)));
    }

    private Uni<?> keep(CallerContext caller, Statements statements, Request request, Outcome done) {
        var sealed = cipher.seal(done.answer().written(json), caller.orgId(), Idempotency.TABLE, request.key());
        var args = place(caller, request).addBuffer(Buffer.buffer(sealed)).addValue(done.subject());
        return statements.run(Idempotency.KEEP_OF, args);
    }

    private KeptAnswer replay(CallerContext caller, Request request, Buffer print, Row kept) {
        if (!print.equals(kept.getBuffer("fingerprint"))) {
            throw Idempotency.reused();
        }
        var sealed = kept.getBuffer("answer");
        if (sealed == null) {
            throw Idempotency.erased();
        }
        var opened = cipher.open(sealed.getBytes(), caller.orgId(), Idempotency.TABLE, request.key());
        var answer = KeptAnswer.read(opened, json);
        var headers = new LinkedHashMap<>(answer.headers());
        headers.put("Idempotent-Replayed", List.of("true"));
        return new KeptAnswer(answer.status(), headers, answer.body());
    }

    private static Tuple place(CallerContext caller, Request request) {
        return Tuple.of(caller.orgId(), caller.principal(), request.operation(), request.key());
    }
}
