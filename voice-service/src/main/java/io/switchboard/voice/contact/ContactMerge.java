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
    /**
     * The newest first, but locked in the order of their ids, as all who lock several calls do. A chosen call may be found without the
     * contact, once it is locked: its head has it now, and is found the next time.
     */
    static final String MOVE = "with chosen as (select c.id from call_logs c where c.org_id = $1 and c.contact_id = $2"
            + " order by c.started_at desc, c.id desc limit " + PORTION + "), locked as (select l.id from call_logs l"
            + " where l.org_id = $1 and l.contact_id = $2 and l.id = any (array(select id from chosen))"
            + " order by l.id for update), moved as (update call_logs c set contact_id = $3, version = c.version + 1"
            + " from locked l where c.org_id = $1 and c.id = l.id returning 1)"
            + " select (select count(*) from chosen) as chosen, (select count(*) from moved) as moved";

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
        return sql.call(caller, MOVE, Tuple.of(caller.orgId(), from, to))
                .map(rows -> rows.iterator().next())
                .map(row -> new Step(row.getInteger("moved"), row.getInteger("chosen") > 0));
    }
}
