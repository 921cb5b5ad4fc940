package io.switchboard.voice.client;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.member.CopyClient;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The PIN clients of organizations: copies of what auth-service has. It pushes each change; a client that has not arrived when it is
 * needed is asked for, and kept.
 */
@ApplicationScoped
public class Clients {
    private static final String PUT =
            "insert into clients (org_id, id, company_name, is_active, version) values ($1, $2, $3, $4, $5)"
                    + " on conflict (org_id, id) do update set company_name = excluded.company_name,"
                    + " is_active = excluded.is_active, version = excluded.version"
                    + " where clients.version < excluded.version";
    private static final String FIND = "select id, company_name, is_active from clients where org_id = $1 and id = $2";

    private final TenantSql sql;
    private final CopyClient auth;

    Clients(TenantSql sql, CopyClient auth) {
        this.sql = sql;
        this.auth = auth;
    }

    /**
     * A client, also one that is switched off. Never inside a transaction: it may ask auth-service. Fails with {@code invalid} (422)
     * for an id that is no client's, and with {@code unavailable} (503) while auth-service is away and the client is not known here.
     *
     * @param field the wire name of the field with the id
     */
    public Uni<Client> find(CallerContext caller, String field, UUID id) {
        return select(caller, id)
                .onItem()
                .ifNull()
                .switchTo(() -> fetch(caller, id).chain(() -> select(caller, id)))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.invalid(field, "must name a client of the organization"));
    }

    /** The same for what is to become a client's: one that is switched off is {@code invalid}, too. */
    public Uni<Client> findActive(CallerContext caller, String field, UUID id) {
        return find(caller, field, id).invoke(client -> {
            if (!client.isActive()) {
                throw Problem.invalid(field, "must name an active client");
            }
        });
    }

    private Uni<@Nullable Client> select(CallerContext caller, UUID id) {
        return sql.first(caller, FIND, Tuple.of(caller.orgId(), id), Clients::client);
    }

    /** Keeps what auth-service knows. */
    private Uni<?> fetch(CallerContext caller, UUID id) {
        return auth.find(caller, "/internal/clients/" + id, ClientCopyForm.class)
                .onItem()
                .ifNotNull()
                .transformToUni(form -> put(caller, id, form));
    }

    /** An older version than the one kept changes nothing. */
    Uni<Void> put(CallerContext caller, UUID id, ClientCopyForm form) {
        var args = Tuple.of(caller.orgId(), id, form.companyName(), form.isActive(), form.version());
        return sql.execute(caller, PUT, args).replaceWithVoid();
    }

    private static Client client(Row row) {
        return new Client(row.getUUID("id"), row.getString("company_name"), row.getBoolean("is_active"));
    }
}
