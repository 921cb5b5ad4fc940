package io.switchboard.auth.apikey;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.schedule.StepwiseTask;
import io.switchboard.kit.secret.RowCipher;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Brings keys under the newest master key, a few at a time, one after the other, each within its tenant. */
@Singleton
class RenewOutdatedKeys implements StepwiseTask {
    private static final Logger LOG = Logger.getLogger(RenewOutdatedKeys.class);
    private static final int AT_ONCE = 100;

    private final RowCipher cipher;
    private final ApiKeys keys;

    RenewOutdatedKeys(RowCipher cipher, ApiKeys keys) {
        this.cipher = cipher;
        this.keys = keys;
    }

    @Override
    public String statement() {
        return "select org_id, id from claim_outdated_api_keys(" + cipher.version() + ", " + AT_ONCE + ")";
    }

    @Override
    public Uni<Integer> follow(RowSet<Row> claimed) {
        return Multi.createFrom()
                .iterable(claimed)
                .onItem()
                .transformToUniAndConcatenate(row -> renewed(row.getUUID("org_id"), row.getUUID("id")))
                .collect()
                .last()
                .replaceWith(claimed.size());
    }

    /** One that cannot be renewed waits for its lease to end, and keeps nobody else waiting. */
    private Uni<?> renewed(UUID orgId, UUID id) {
        var tenant = CallerContext.Value.service(orgId, "auth-service", Origin.worker());
        return keys.renew(tenant, id)
                .onFailure()
                .invoke(failure -> LOG.errorf("API key %s stays under its old key: %s", id, failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
