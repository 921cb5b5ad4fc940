package io.switchboard.crm.appointment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.Versioned;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An appointment as it is shown.
 *
 * @param confirmationSent whether the mail server has taken the mail that confirms it to the contact
 * @param deletedAt null unless it is deleted: then only admins see it, who ask for deleted ones
 */
public record AppointmentView(
        UUID id,
        UUID contactId,
        String serviceType,
        OffsetDateTime scheduledAt,
        int durationMinutes,
        OffsetDateTime endsAt,
        @Nullable UUID assigneeId,
        AppointmentStatus status,
        @Nullable String calendarLink,
        boolean confirmationSent,
        @Nullable String notes,
        @Nullable OffsetDateTime deletedAt,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonIgnore int version)
        implements Versioned {

    /** What {@link #of} reads. */
    public static final String COLUMNS =
            "id, contact_id, service_type, scheduled_at, duration_minutes, ends_at, assignee_id, status::text,"
                    + " calendar_link, confirmation_sent, notes, deleted_at, created_at, updated_at, version";

    static final List<String> LONG_TEXTS = List.of("notes", "calendar_link", "service_type");

    public static AppointmentView of(Row row) {
        return new AppointmentView(
                row.getUUID("id"),
                row.getUUID("contact_id"),
                row.getString("service_type"),
                row.getOffsetDateTime("scheduled_at"),
                row.getInteger("duration_minutes"),
                row.getOffsetDateTime("ends_at"),
                row.getUUID("assignee_id"),
                AppointmentStatus.of(row.getString("status")),
                row.getString("calendar_link"),
                row.getBoolean("confirmation_sent"),
                row.getString("notes"),
                row.getOffsetDateTime("deleted_at"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                row.getInteger("version"));
    }

    AppointmentChangeForm form() {
        return new AppointmentChangeForm(
                serviceType, scheduledAt, durationMinutes, assigneeId, status, calendarLink, notes);
    }
}
