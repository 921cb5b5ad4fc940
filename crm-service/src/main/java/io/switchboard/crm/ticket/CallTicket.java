package io.switchboard.crm.ticket;

import io.vertx.sqlclient.Row;
import java.util.UUID;

/** A ticket as it is spoken of in a call. */
public record CallTicket(UUID id, long number, String title, String status) {
    static CallTicket of(Row row) {
        return new CallTicket(
                row.getUUID("id"), row.getLong("number"), row.getString("title"), row.getString("status"));
    }
}
