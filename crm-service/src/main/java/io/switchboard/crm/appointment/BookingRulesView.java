package io.switchboard.crm.appointment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.Versioned;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;

/**
 * The rules of an organization's bookings.
 *
 * @param id the organization's
 */
public record BookingRulesView(
        int slotMinutes,
        int bufferMinutes,
        int minimumNoticeMinutes,
        int horizonDays,
        List<Integer> reminderMinutes,
        List<UUID> assignees,
        @JsonIgnore UUID id,
        @JsonIgnore int version)
        implements Versioned {

    static BookingRulesView of(Row row) {
        return new BookingRulesView(
                row.getInteger("slot_minutes"),
                row.getInteger("buffer_minutes"),
                row.getInteger("minimum_notice_minutes"),
                row.getInteger("horizon_days"),
                List.of(row.getArrayOfIntegers("reminder_minutes")),
                List.of(row.getArrayOfUUIDs("assignees")),
                row.getUUID("org_id"),
                row.getInteger("version"));
    }

    BookingRulesForm form() {
        return new BookingRulesForm(
                slotMinutes, bufferMinutes, minimumNoticeMinutes, horizonDays, reminderMinutes, assignees);
    }
}
