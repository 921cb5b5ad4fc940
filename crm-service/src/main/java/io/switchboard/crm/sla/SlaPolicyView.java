package io.switchboard.crm.sla;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.crm.ticket.TicketPriority;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Versioned;
import io.vertx.sqlclient.Row;
import java.util.UUID;

/**
 * How fast tickets of a priority are to be answered and resolved, in minutes of open time.
 *
 * @param id the organization's: the priority tells its policies apart
 */
public record SlaPolicyView(
        TicketPriority priority,
        int firstResponseMinutes,
        int resolutionMinutes,
        @JsonIgnore UUID id,
        @JsonIgnore int version)
        implements Versioned {

    static SlaPolicyView of(Row row) {
        return new SlaPolicyView(
                EnumParam.fromWire(TicketPriority.class, row.getString("priority")),
                row.getInteger("first_response_minutes"),
                row.getInteger("resolution_minutes"),
                row.getUUID("org_id"),
                row.getInteger("version"));
    }

    SlaPolicyForm form() {
        return new SlaPolicyForm(firstResponseMinutes, resolutionMinutes);
    }
}
