package io.switchboard.crm.personaldata;

import io.switchboard.crm.appointment.AppointmentView;
import io.switchboard.crm.contact.ContactView;
import io.switchboard.crm.ticket.MessageView;
import io.switchboard.crm.ticket.TicketPriority;
import io.switchboard.crm.ticket.TicketStatus;
import io.switchboard.crm.ticket.TicketView;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** All that is kept of a person. Lists are newest first. */
public record PersonalDataView(
        ContactView contact,
        List<Note> notes,

        @Schema(description = "Deleted ones too") List<AppointmentView> appointments,

        List<Ticket> tickets,
        List<Notification> notifications,

        @Schema(
                description = "As voice-service shows each, with its transcript",
                examples =
                        "[{\"id\": \"0198c6a5-3b1f-7d2a-9e4c-5f60718293a4\", \"status\": \"ended\", \"transcript\": \"AI: Hello.\"}]")
        List<Map<String, Object>> calls,

        @Schema(description = "The lists that have more than is shown here; normally none", examples = "[\"calls\"]")
        List<String> incomplete) {

    /** A note on the person. */
    public record Note(UUID id, String content, @Nullable UUID authorId, OffsetDateTime createdAt) {
        static Note of(Row row) {
            return new Note(
                    row.getUUID("id"),
                    row.getString("content"),
                    row.getUUID("author_id"),
                    row.getOffsetDateTime("created_at"));
        }
    }

    /**
     * A ticket of the person's.
     *
     * @param messages that were written to it, internal ones too, also where a merge has moved them
     */
    @Schema(name = "PersonalTicket")
    public record Ticket(
            UUID id,
            long number,
            String title,
            @Nullable String description,
            TicketStatus status,
            TicketPriority priority,
            List<String> tags,
            Map<String, Object> metadata,
            OffsetDateTime createdAt,
            @Nullable OffsetDateTime resolvedAt,
            @Nullable OffsetDateTime closedAt,
            List<MessageView> messages) {
        static Ticket of(TicketView ticket, List<MessageView> messages) {
            return new Ticket(
                    ticket.id(),
                    ticket.number(),
                    ticket.title(),
                    ticket.description(),
                    ticket.status(),
                    ticket.priority(),
                    ticket.tags(),
                    ticket.metadata(),
                    ticket.createdAt(),
                    ticket.resolvedAt(),
                    ticket.closedAt(),
                    messages);
        }
    }

    /**
     * What users were told of the person.
     *
     * @param userId who was told
     */
    @Schema(name = "PersonalNotification")
    public record Notification(
            UUID id,
            UUID userId,
            @Schema(examples = "hot_lead") String type,
            @Schema(examples = "Hot lead: Ada Lovelace") String title,
            String message,
            OffsetDateTime createdAt) {
        static Notification of(Row row) {
            return new Notification(
                    row.getUUID("id"),
                    row.getUUID("user_id"),
                    row.getString("type"),
                    row.getString("title"),
                    row.getString("message"),
                    row.getOffsetDateTime("created_at"));
        }
    }
}
