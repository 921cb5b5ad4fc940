package io.switchboard.auth.apikey;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.secret.RowCipher;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The API keys that people keep here, sealed each for its organization, owner, provider and row. */
@ApplicationScoped
class ApiKeys {
    static final String TABLE = "api_keys";
    static final String BOUND_TO = "user_id || '/' || provider || '/' || id";

    private static final String OWNER = "userId";
    private static final int SHOWN = 4;
    private static final String COLUMNS = "id, provider, last4, key_version, created_at, last_used_at";

    /** A key that is put anew is another one: it has another id, no use, and the time of now. */
    private static final String PUT = "insert into api_keys (org_id, id, user_id, provider, ciphertext, last4)"
            + " values ($1, $2, $3, $4, $5, $6) on conflict (org_id, user_id, provider) do update"
            + " set id = excluded.id, ciphertext = excluded.ciphertext,"
            + " last4 = excluded.last4, created_at = now(), last_used_at = null"
            + " returning " + COLUMNS + ", xmax = 0 as is_new";

    private static final String LIST = "select " + COLUMNS + " from api_keys where org_id = $1 and user_id = $2";
    private static final String DELETE =
            "delete from api_keys where org_id = $1 and user_id = $2 and provider = $3 returning id";
    private static final String SEALED = "select k.org_id, k.id, k.user_id, k.provider, k.ciphertext from api_keys k";
    private static final String OWN = SEALED + " where k.org_id = $1 and k.user_id = $2 and k.provider = $3 for update";
    private static final String SEAL =
            "update api_keys set ciphertext = $3 where org_id = $1 and id = $2 returning " + COLUMNS;
    private static final String OF_ACTIVE = SEALED + " join user_accounts u on u.org_id = k.org_id and u.id = k.user_id"
            + " where k.org_id = $1 and k.provider = $2 and u.may_sign_in";
    private static final String REVEAL = OF_ACTIVE + " and k.user_id = $3 for update of k";
    private static final String REVEAL_OF_ADMIN =
            OF_ACTIVE + " and u.role = 'admin' and k.user_id > $3 order by k.user_id limit 1 for update of k";
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final String USED = "update api_keys set last_used_at = now() where org_id = $1 and id = $2";

    private final TenantSql sql;
    private final RowCipher cipher;
    private final Outbox outbox;

    ApiKeys(TenantSql sql, RowCipher cipher, Outbox outbox) {
        this.sql = sql;
        this.cipher = cipher;
        this.outbox = outbox;
    }

    /** A stored key, and whether it is the first of its provider. */
    record Kept(ApiKeyView key, boolean isNew) {}

    /** A key as it is stored. */
    private record Sealed(UUID orgId, UUID id, UUID userId, String provider, byte[] ciphertext) {
        static Sealed of(Row row) {
            return new Sealed(
                    row.getUUID("org_id"),
                    row.getUUID("id"),
                    row.getUUID("user_id"),
                    row.getString("provider"),
                    row.getBuffer("ciphertext").getBytes());
        }

        String place() {
            return ApiKeys.place(userId, provider, id);
        }
    }

    /** Fails with {@code unauthorized} where the caller is no user any more. */
    Uni<Kept> put(CallerContext caller, ApiKeyProvider provider, ApiKeyForm form) {
        var id = UuidV7.next();
        var clear = form.apiKey();
        var ciphertext = cipher.seal(
                clear.getBytes(StandardCharsets.UTF_8),
                caller.orgId(),
                TABLE,
                place(caller.userId(), provider.wire(), id));
        var args = Tuple.of(
                caller.orgId(),
                id,
                caller.userId(),
                provider.wire(),
                Buffer.buffer(ciphertext),
                clear.substring(clear.length() - SHOWN));
        return sql.first(caller, PUT, args, row -> new Kept(view(row), row.getBoolean("is_new")))
                .onFailure(PgException.class)
                .transform(failure -> OWNER.equals(failure.getConstraint()) ? Problem.unauthorized() : failure);
    }

    Uni<PageOf<ApiKeyView>> list(CallerContext caller, Page page) {
        var list = new ListQuery(page, LIST, caller.orgId(), caller.userId()).newestFirst();
        return sql.page(caller, list, ApiKeys::view, view -> Cursor.at(view.createdAt(), view.id()));
    }

    /** Fails with {@code api_key_not_found}. */
    Uni<Void> delete(CallerContext caller, String provider) {
        return sql.first(caller, DELETE, Tuple.of(caller.orgId(), caller.userId(), provider), row -> row.getUUID("id"))
                .onItem()
                .ifNull()
                .failWith(ApiKeys::notFound)
                .replaceWithVoid();
    }

    /** Under the newest master key and a fresh data key. Fails with {@code api_key_not_found}. */
    Uni<ApiKeyView> rotate(CallerContext caller, String provider) {
        return sql.transaction(caller, statements -> statements
                .first(OWN, Tuple.of(caller.orgId(), caller.userId(), provider), Sealed::of)
                .onItem()
                .ifNull()
                .failWith(ApiKeys::notFound)
                .chain(stored -> reseal(statements, stored)));
    }

    /**
     * The key in the clear, once it is recorded that it was shown, and for whom. Fails with {@code api_key_not_found}, also
     * where the user or the organization is switched off.
     */
    Uni<RevealedKey> reveal(CallerContext caller, UUID userId, String provider) {
        return reveal(caller, REVEAL, Tuple.of(caller.orgId(), provider, userId));
    }

    /**
     * The same of the active admin with the lowest id who keeps a key of the provider. Fails with {@code api_key_not_found}.
     *
     * @param after only of admins with a higher id; null for all
     */
    Uni<RevealedKey> revealOfAdmin(CallerContext caller, String provider, @Nullable UUID after) {
        return reveal(caller, REVEAL_OF_ADMIN, Tuple.of(caller.orgId(), provider, after == null ? BEFORE_ALL : after));
    }

    private Uni<RevealedKey> reveal(CallerContext caller, String select, Tuple args) {
        return sql.transaction(caller, statements -> statements
                .first(select, args, Sealed::of)
                .onItem()
                .ifNull()
                .failWith(ApiKeys::notFound)
                .call(stored -> record(caller, statements, stored))
                .map(this::revealed));
    }

    private RevealedKey revealed(Sealed stored) {
        return new RevealedKey(stored.userId(), stored.provider(), new String(open(stored), StandardCharsets.UTF_8));
    }

    private Uni<Void> record(CallerContext caller, Statements statements, Sealed stored) {
        var fact = AuditEvent.success("reveal", TABLE, stored.id())
                .with(Map.of("userId", stored.userId().toString(), "provider", stored.provider()));
        return statements
                .run(USED, Tuple.of(stored.orgId(), stored.id()))
                .chain(() -> outbox.record(caller, statements, fact));
    }

    private Uni<ApiKeyView> reseal(Statements statements, Sealed stored) {
        var anew = cipher.seal(open(stored), stored.orgId(), TABLE, stored.place());
        var args = Tuple.of(stored.orgId(), stored.id(), Buffer.buffer(anew));
        return statements.first(SEAL, args, ApiKeys::view);
    }

    private byte[] open(Sealed stored) {
        return cipher.open(stored.ciphertext(), stored.orgId(), TABLE, stored.place());
    }

    /** Owner and provider too: a key that another user or provider is given does not open. As {@link #BOUND_TO} says. */
    private static String place(UUID userId, String provider, UUID id) {
        return userId + "/" + provider + "/" + id;
    }

    private static Problem notFound() {
        return Problem.notFound("api_key", null);
    }

    private static ApiKeyView view(Row row) {
        return new ApiKeyView(
                row.getUUID("id"),
                row.getString("provider"),
                row.getString("last4"),
                row.getLong("key_version"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("last_used_at"));
    }
}
