package io.switchboard.voice.contact;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.voice.contact.Steps.Step;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Moves the calls of a contact that was merged into another. */
@ApplicationScoped
class ContactMerge {
    private static final int PORTION = 500;

    private static final String REMEMBER = "select merge_contacts($1, $2) as target";
    /** The newest first, but locked in the order of their ids, as all who lock several calls do. */
    static final String MOVE = "update call_logs c set contact_id = $3, version = c.version + 1 from ("
            + "select l.id from call_logs l where l.org_id = $1 and l.contact_id = $2 and l.id = any (array("
            + "select n.id from call_logs n where n.org_id = $1 and n.contact_id = $2"
            + " order by n.started_at desc, n.id desc limit " + PORTION + ")) order by l.id for update) m"
            + " where c.org_id = $1 and c.id = m.id";

    private final TenantSql sql;

    ContactMerge(TenantSql sql) {
        this.sql = sql;
    }

    /**
     * Answers how many calls it moved. The merge is remembered before they are: a call that crm-service's answer links to the duplicate
     * a moment later goes to the survivor.
     */
    Uni<Integer> merge(CallerContext caller, UUID contactId, UUID duplicateId) {
        var steps = new Steps();
        return sql.call(caller, REMEMBER, Tuple.of(contactId, duplicateId))
                .map(rows -> rows.iterator().next().getUUID("target"))
                .chain(target -> target.equals(duplicateId)
                        ? Uni.createFrom().item(0)
                        : steps.run(() -> move(caller, duplicateId, target)));
    }

    private Uni<Step> move(CallerContext caller, UUID from, UUID to) {
        return sql.execute(caller, MOVE, Tuple.of(caller.orgId(), from, to))
                .map(moved -> new Step(moved.rowCount(), moved.rowCount() > 0));
    }
}
