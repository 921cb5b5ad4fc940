package io.switchboard.auth.token;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.token.Rotation.Step;
import io.switchboard.auth.token.SigningKey.Pair;
import io.switchboard.auth.token.SigningKey.State;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.secret.RowCipher;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.token.RsaJwk;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The signing keys in the database; their private halves sealed, each for its own row. */
@ApplicationScoped
class KeyStore {
    static final String TABLE = "signing_keys";
    private static final String COLUMNS =
            "id, state::text as state, public_key, private_key, signs_from, published_until";
    // Readers are not kept waiting; writers and other replicas are. Advisory locks are not for app roles.
    private static final String LOCK = "lock table signing_keys in share row exclusive mode";
    private static final String EXPEDITE = "update signing_keys set signs_from = least(signs_from, now() +"
            + " make_interval(secs => $1)) where state = 'next' returning " + COLUMNS;
    private static final String PUBLISH = "insert into signing_keys (id, state, public_key, private_key, signs_from)"
            + " values ($1, 'next', $2, $3, now() + make_interval(secs => $4)) returning " + COLUMNS;
    // One row at the least, so that the database's time comes also where there is no key yet.
    private static final String READ = "select now() as now, k.id, k.state::text as state, k.public_key,"
            + " k.private_key, k.signs_from, k.published_until"
            + " from (values (1)) one left join signing_keys k on true order by k.id";

    private final TenantSql sql;
    private final RowCipher cipher;
    private final Outbox outbox;

    KeyStore(TenantSql sql, RowCipher cipher, Outbox outbox) {
        this.sql = sql;
        this.cipher = cipher;
        this.outbox = outbox;
    }

    /** All keys, at the database's time. */
    record Snapshot(List<SigningKey> keys, OffsetDateTime now) {}

    Uni<Snapshot> read() {
        return sql.crossTenant(READ, Tuple.tuple()).map(KeyStore::snapshot);
    }

    /**
     * Takes the steps that are due. Replicas do so one after the other, and each decides anew once it is its turn.
     *
     * @param pair for the step that needs one; null if no step needed one a moment ago
     */
    Uni<Void> rotate(Rotation rotation, @Nullable Pair pair) {
        var platform = CallerContext.Value.service(CallerContext.PLATFORM, "auth-service", Origin.worker());
        return sql.transaction(platform, statements -> statements
                .run(LOCK, Tuple.tuple())
                .chain(() -> statements.run(READ, Tuple.tuple()))
                .map(KeyStore::snapshot)
                .map(now -> rotation.steps(now.keys(), now.now()))
                .chain(steps -> take(steps, pair, platform, statements)));
    }

    /**
     * Has a next key sign soon: the one that waits already, and earlier than planned, else the new one.
     *
     * @param pair null if one waited a moment ago
     * @param soon enough for every cache to have it by then
     */
    Uni<SigningKey> expedite(CallerContext operator, @Nullable Pair pair, Duration soon) {
        return sql.transaction(operator, statements -> statements
                .run(LOCK, Tuple.tuple())
                .chain(() -> statements.first(EXPEDITE, Tuple.of((double) soon.toSeconds()), KeyStore::key))
                .chain(next -> next == null
                        ? publish(operator, statements, pair, soon)
                        : Uni.createFrom().item(next))
                .call(next -> outbox.record(operator, statements, AuditEvent.success("rotate", TABLE, next.id()))));
    }

    private Uni<SigningKey> publish(CallerContext operator, Statements statements, @Nullable Pair pair, Duration soon) {
        if (pair == null) {
            return Uni.createFrom().failure(Problem.unavailable(1)); // it has begun to sign in this very moment
        }
        var args = Tuple.of(pair.id(), pair.publicKey().json(), seal(pair), (double) soon.toSeconds());
        return statements
                .first(PUBLISH, args, KeyStore::key)
                .call(() -> outbox.record(operator, statements, AuditEvent.success("publish", TABLE, pair.id())));
    }

    PrivateKey privateKey(SigningKey key) {
        return SigningKey.privateKey(cipher.open(key.sealedPrivateKey(), CallerContext.PLATFORM, TABLE, key.id()));
    }

    private Uni<Void> take(List<Step> steps, @Nullable Pair pair, CallerContext platform, Statements statements) {
        var taken = Uni.createFrom().voidItem();
        for (var step : steps) {
            taken = taken.chain(() -> take(step, pair, platform, statements));
        }
        return taken;
    }

    private Uni<Void> take(Step step, @Nullable Pair pair, CallerContext platform, Statements statements) {
        if (step instanceof Step.Make make) {
            return pair == null
                    ? Uni.createFrom().voidItem()
                    : statements
                            .run(
                                    "insert into signing_keys (id, state, public_key, private_key, signs_from)"
                                            + " values ($1, $2, $3, $4, $5)",
                                    Tuple.of(
                                            pair.id(),
                                            make.state().name(),
                                            pair.publicKey().json(),
                                            seal(pair),
                                            make.signsFrom()))
                            .chain(() -> outbox.record(
                                    platform, statements, AuditEvent.success("publish", TABLE, pair.id())));
        }
        if (step instanceof Step.Retire retire) {
            return statements
                    .run(
                            "update signing_keys set state = 'retired', published_until = $2 where id = $1",
                            Tuple.of(retire.id(), retire.publishedUntil()))
                    .chain(() -> outbox.record(platform, statements, AuditEvent.success("retire", TABLE, retire.id())));
        }
        if (step instanceof Step.Activate activate) {
            return statements
                    .run(
                            "update signing_keys set state = 'active', signs_from = now() where id = $1",
                            Tuple.of(activate.id()))
                    .chain(() ->
                            outbox.record(platform, statements, AuditEvent.success("activate", TABLE, activate.id())));
        }
        var forget = (Step.Forget) step;
        return statements
                .run("delete from signing_keys where id = $1", Tuple.of(forget.id()))
                .chain(() -> outbox.record(platform, statements, AuditEvent.success("delete", TABLE, forget.id())));
    }

    private Buffer seal(Pair pair) {
        return Buffer.buffer(cipher.seal(pair.privateKey().getEncoded(), CallerContext.PLATFORM, TABLE, pair.id()));
    }

    private static Snapshot snapshot(RowSet<Row> rows) {
        var keys = StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.getUUID("id") != null)
                .map(KeyStore::key)
                .toList();
        return new Snapshot(keys, rows.iterator().next().getOffsetDateTime("now"));
    }

    private static SigningKey key(Row row) {
        UUID id = row.getUUID("id");
        return new SigningKey(
                id,
                State.valueOf(row.getString("state")),
                RsaJwk.of(row.getJsonObject("public_key")),
                row.getBuffer("private_key").getBytes(),
                row.getOffsetDateTime("signs_from"),
                row.getOffsetDateTime("published_until"));
    }
}
