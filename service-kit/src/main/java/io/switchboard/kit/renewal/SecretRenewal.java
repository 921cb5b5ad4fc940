package io.switchboard.kit.renewal;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.schedule.StepwiseTask;
import io.switchboard.kit.secret.RowCipher;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts the secrets of one table anew once the keyset has another primary key: some rows a step, each in a transaction of
 * its own organization. When no row is outdated any more, the old key can leave the keyset.
 */
public abstract class SecretRenewal implements StepwiseTask {
    private static final Logger LOG = Logger.getLogger(SecretRenewal.class);
    private static final int AT_ONCE = 100;

    private final RowCipher cipher;
    private final TenantSql sql;
    private final SealedTable table;
    private final String service = ConfigProvider.getConfig().getValue("quarkus.application.name", String.class);

    protected SecretRenewal(RowCipher cipher, TenantSql sql, SealedTable table) {
        this.cipher = cipher;
        this.sql = sql.forWorkers();
        this.table = table;
    }

    @Override
    public String statement() {
        return table.claim(cipher.version(), AT_ONCE);
    }

    @Override
    public Uni<Integer> follow(RowSet<Row> claimed) {
        return Multi.createFrom()
                .iterable(claimed)
                .onItem()
                .transformToUniAndConcatenate(row -> tryToRenew(row.getUUID("org_id"), row.getUUID("id")))
                .collect()
                .last()
                .replaceWith(claimed.size());
    }

    /** A row that does not open is tried again when its lease is over; the others go on. */
    private Uni<Void> tryToRenew(UUID orgId, UUID id) {
        var caller = CallerContext.Value.service(orgId, service, Origin.worker());
        return sql.transaction(caller, statements -> renew(statements, orgId, id))
                .onFailure()
                .invoke(failure -> LOG.errorf(
                        "%s %s stays under an old key of switchboard.seal.keyset: %s",
                        table.name(), id, failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> renew(Statements statements, UUID orgId, UUID id) {
        return statements
                .first(table.find(), Tuple.of(orgId, id), row -> reseal(row, orgId, id))
                .onItem()
                .ifNotNull()
                .transformToUni(values -> statements.run(table.update(), values).replaceWithVoid());
    }

    private Tuple reseal(Row row, UUID orgId, UUID id) {
        var values = Tuple.of(orgId, id);
        table.columns()
                .forEach(column -> values.addValue(reseal(row.getBuffer(column), orgId, row.getString("bound_to"))));
        return values;
    }

    private @Nullable Buffer reseal(@Nullable Buffer sealed, UUID orgId, String boundTo) {
        return sealed == null
                ? null
                : Buffer.buffer(cipher.seal(
                        cipher.open(sealed.getBytes(), orgId, table.name(), boundTo), orgId, table.name(), boundTo));
    }
}
