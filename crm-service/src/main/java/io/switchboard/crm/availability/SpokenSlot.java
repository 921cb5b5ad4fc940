package io.switchboard.crm.availability;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;

/**
 * A time that can be booked, to be said aloud.
 *
 * @param spoken its start in the organization's time zone, such as Tuesday, December 1, 2026 at 3:30 PM
 */
public record SpokenSlot(OffsetDateTime start, OffsetDateTime end, String spoken) {
    static SpokenSlot of(Row row) {
        return new SpokenSlot(row.getOffsetDateTime("start"), row.getOffsetDateTime("end"), row.getString("spoken"));
    }
}
