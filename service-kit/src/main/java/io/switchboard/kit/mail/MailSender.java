package io.switchboard.kit.mail;

import io.quarkus.arc.properties.IfBuildProperty;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.outbox.OutboxSender;
import io.switchboard.kit.outbox.RowByRow;
import io.switchboard.kit.outbox.RowRefused;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Sends the mails of the outbox: those that are sealed, and those that SQL owes. */
@ApplicationScoped
@IfBuildProperty(name = "switchboard.mail", stringValue = "true")
public class MailSender implements OutboxSender {
    private final SealedEmail sealedEmails;
    private final MailTransport transport;

    public MailSender(SealedEmail sealedEmails, MailTransport transport) {
        this.sealedEmails = sealedEmails;
        this.transport = transport;
    }

    @Override
    public String destination() {
        return SealedEmail.DESTINATION;
    }

    @Override
    public int atMost() {
        return MailTransport.AT_MOST;
    }

    @Override
    public Uni<SendResult> deliver(List<OutboxRow> rows) {
        return RowByRow.deliver(rows, row -> transport.send(row.id(), open(row)));
    }

    private Email open(OutboxRow row) {
        var event = new JsonObject(row.event());
        try {
            return event.containsKey("sealed") ? sealedEmails.open(row) : Email.of(event);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw RowRefused.permanent("it cannot be decrypted");
        }
    }
}
