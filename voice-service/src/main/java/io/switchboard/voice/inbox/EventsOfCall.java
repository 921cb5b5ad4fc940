package io.switchboard.voice.inbox;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.voice.callevent.CallKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.UUID;

/** The events of a call, for admins to see what became of each. */
@ApplicationScoped
public class EventsOfCall {
    /** More events of a call than may wait; further deliveries are refused. */
    private static final int MOST_WAITING = 5_000;

    private static final String OVER = " and status in ('done', 'dead')";

    private final TenantSql sql;

    EventsOfCall(TenantSql sql) {
        this.sql = sql;
    }

    /** Newest first. @param keys the ids that the call goes by at its providers */
    public Uni<PageOf<WebhookEventView>> list(CallerContext caller, Collection<CallKey> keys, Page page) {
        return sql.page(
                caller,
                query(caller.orgId(), keys, page),
                WebhookEvents::view,
                last -> Cursor.at(last.receivedAt(), last.id()));
    }

    static ListQuery query(UUID orgId, Collection<CallKey> keys, Page page) {
        var list = new ListQuery(page, WebhookEvents.SELECT, orgId).afterId();
        var conditions = new ArrayList<String>();
        for (var key : keys) {
            var call = "call_key = " + list.value(key.key()) + " and provider = " + list.value(key.provider());
            conditions.add(call + OVER);
            conditions.add(unfinished(call));
        }
        return list.merged().orderedForEach(conditions, "id desc");
    }

    /**
     * These are few, but the primary key is in this list's order, and all events of the organization would be read instead: so
     * they are found by the call's own indexes, which are in another order.
     */
    private static String unfinished(String call) {
        return "status::text in ('pending', 'running') and id = any (array(" + first(call, "applied_at is null")
                + " union all " + first(call, "applied_at is not null")
                + " union all (select id from processed_webhook_events where org_id = $1 and " + call
                + " and status = 'running')))";
    }

    private static String first(String call, String condition) {
        return "(select id from processed_webhook_events where org_id = $1 and " + call + " and status = 'pending' and "
                + condition + " order by next_attempt_at, id limit " + MOST_WAITING + ")";
    }
}
