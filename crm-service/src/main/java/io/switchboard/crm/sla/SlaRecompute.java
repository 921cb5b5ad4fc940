package io.switchboard.crm.sla;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.work.WorkHandler;
import io.switchboard.kit.work.WorkPiece;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Computes the due times of an organization's open tickets anew, after its hours or policies have changed. */
@Singleton
class SlaRecompute implements WorkHandler {
    private static final String AFTER = "after";

    private final TenantSql sql;

    SlaRecompute(TenantSql sql) {
        this.sql = sql.forWorkers();
    }

    /** As the trigger function {@code owe_sla_recompute} names it. */
    @Override
    public String kind() {
        return "recompute_sla";
    }

    @Override
    public Uni<@Nullable JsonObject> run(WorkPiece piece) {
        var after = new AtomicReference<>(begin(piece.progress()));
        return Multi.createBy()
                .repeating()
                .uni(() -> step(piece, after.get()).invoke(after::set))
                .until(SlaPolicies.END::equals)
                .onItem()
                .ignoreAsUni()
                .replaceWith((JsonObject) null);
    }

    private static UUID begin(@Nullable JsonObject progress) {
        return progress == null ? SlaPolicies.BEGINNING : UUID.fromString(progress.getString(AFTER));
    }

    private Uni<UUID> step(WorkPiece piece, UUID after) {
        return sql.transaction(piece.caller(), statements -> SlaPolicies.recompute(statements, after)
                .call(last -> piece.save(statements, JsonObject.of(AFTER, last.toString()))));
    }
}
