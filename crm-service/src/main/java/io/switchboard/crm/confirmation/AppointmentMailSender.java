package io.switchboard.crm.confirmation;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.switchboard.kit.mail.MailTransport;
import io.switchboard.kit.outbox.OutboxSender;
import io.switchboard.kit.outbox.RowByRow;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.work.Offloaded;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Tells contacts by mail of what was booked, moved or cancelled. A mail is written when it is sent, of what the appointment is by
 * then; what is not so any more, or was replaced by a later change, is not sent.
 */
@Singleton
class AppointmentMailSender implements OutboxSender {
    private static final String FIND = "select " + AppointmentMail.COLUMNS
            + " from appointments a join contacts c on c.org_id = a.org_id and c.id = a.contact_id"
            + " where a.org_id = $1 and a.id = $2 and a.mail_id = $3 and a.scheduled_at > now() and c.email is not null"
            + " and case appointment_mail_kind(a.status, a.deleted_at)"
            + " when 'request' then true when 'cancel' then a.confirmation_sent else false end";

    // The database owes a cancellation where the appointment was cancelled while this mail was on its way.
    private static final String CONFIRM =
            "update appointments set confirmation_sent = true where org_id = $1 and id = $2 and not confirmation_sent";

    private final TenantSql sql;
    private final MailTransport transport;
    private final String service;

    AppointmentMailSender(
            TenantSql sql, MailTransport transport, @ConfigProperty(name = "quarkus.application.name") String service) {
        this.sql = sql.forWorkers();
        this.transport = transport;
        this.service = service;
    }

    @Override
    public String destination() {
        return "appointment-mail";
    }

    @Override
    public int atMost() {
        return MailTransport.AT_MOST;
    }

    @Override
    public Uni<SendResult> deliver(List<OutboxRow> rows) {
        return RowByRow.deliver(rows, this::send);
    }

    private Uni<?> send(OutboxRow row) {
        var caller = CallerContext.Value.service(
                row.orgId(), service, Origin.worker(row.id().toString()));
        var id = UUID.fromString(new JsonObject(row.event()).getString("appointment"));
        return sql.first(caller, FIND, Tuple.of(row.orgId(), id, row.id()), AppointmentMail::of)
                .chain(mail -> mail == null ? Uni.createFrom().voidItem() : send(caller, row.id(), mail));
    }

    private Uni<Void> send(CallerContext caller, UUID id, AppointmentMail mail) {
        return Offloaded.on(Infrastructure.getDefaultExecutor(), () -> mail.compose(transport.sender()))
                .chain(email -> transport.send(id, email))
                .chain(() -> mail.isKnown() ? Uni.createFrom().voidItem() : confirm(caller, mail));
    }

    private Uni<Void> confirm(CallerContext caller, AppointmentMail mail) {
        return sql.execute(
                        caller,
                        CONFIRM,
                        Tuple.of(caller.orgId(), mail.appointment().id()))
                .replaceWithVoid();
    }
}
