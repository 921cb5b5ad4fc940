package io.switchboard.crm.appointment;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** The appointments of one contact, for what is shown of a person. An unknown contact has none. */
@ApplicationScoped
public class ContactAppointments {
    private static final String OF_CONTACT =
            "select " + AppointmentView.COLUMNS + " from appointments where org_id = $1 and contact_id = $2";
    private static final String ALL = OF_CONTACT + " order by scheduled_at desc, id desc limit $3";

    private final TenantSql sql;

    ContactAppointments(TenantSql sql) {
        this.sql = sql;
    }

    /** By their time, the latest first, without deleted ones. */
    public Uni<PageOf<AppointmentView>> list(CallerContext caller, UUID contactId, Page page) {
        return sql.boundedPage(
                caller,
                query(caller.orgId(), contactId, page),
                AppointmentView::of,
                AppointmentView.LONG_TEXTS,
                last -> Cursor.at(last.scheduledAt(), last.id()));
    }

    /** The latest ones in the same order, deleted ones too. */
    public Uni<List<AppointmentView>> listEvenDeleted(CallerContext caller, UUID contactId, int atMost) {
        return sql.list(caller, ALL, Tuple.of(caller.orgId(), contactId, atMost), AppointmentView::of);
    }

    /** The test of the plan calls it, too. */
    static ListQuery query(UUID orgId, UUID contactId, Page page) {
        return new ListQuery(page, OF_CONTACT + " and deleted_at is null", orgId, contactId)
                .newestFirst("scheduled_at", "id");
    }
}
