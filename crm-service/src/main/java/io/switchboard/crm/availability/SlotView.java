package io.switchboard.crm.availability;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;

/** A time that can be booked. */
public record SlotView(OffsetDateTime start, OffsetDateTime end) {
    static SlotView of(Row row) {
        return new SlotView(row.getOffsetDateTime("start"), row.getOffsetDateTime("end"));
    }
}
