package io.switchboard.voice.number;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.Versioned;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A phone number of the organization. */
public record PhoneNumberView(
        UUID id,

        @Schema(examples = "+15555550100", description = "E.164")
        String number,

        @Schema(examples = "vapi") String provider,
        @Nullable UUID agentId,
        @Nullable UUID clientId,
        @Nullable @Schema(examples = "Front desk") String label,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonIgnore int version)
        implements Versioned {

    static final String COLUMNS = "id, number, provider, agent_id, client_id, label, created_at, updated_at, version";

    static PhoneNumberView of(Row row) {
        return new PhoneNumberView(
                row.getUUID("id"),
                row.getString("number"),
                row.getString("provider"),
                row.getUUID("agent_id"),
                row.getUUID("client_id"),
                row.getString("label"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                row.getInteger("version"));
    }

    PhoneNumberForm form() {
        return new PhoneNumberForm(number, provider, agentId, clientId, label);
    }
}
