package io.switchboard.crm.appointment;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An appointment as it is spoken of in a call.
 *
 * @param assigneeName null without an assignee
 * @param spoken when it begins, in the organization's time zone, such as Tuesday, December 1, 2026 at 3:30 PM
 */
public record CallAppointment(
        UUID id,
        UUID contactId,
        String serviceType,
        OffsetDateTime scheduledAt,
        int durationMinutes,
        @Nullable String assigneeName,
        String status,
        String spoken) {

    static CallAppointment of(Row row) {
        return new CallAppointment(
                row.getUUID("id"),
                row.getUUID("contact_id"),
                row.getString("service_type"),
                row.getOffsetDateTime("scheduled_at"),
                row.getInteger("duration_minutes"),
                row.getString("assignee_name"),
                row.getString("status"),
                row.getString("spoken"));
    }

    /** Whether it can still be moved or cancelled. */
    public boolean isOpen() {
        return status.equals("pending") || status.equals("confirmed");
    }
}
