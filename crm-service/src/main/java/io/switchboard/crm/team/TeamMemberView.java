package io.switchboard.crm.team;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.Versioned;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person in a team.
 *
 * @param id of the membership
 * @param name the person's
 * @param isActive false while the person may not sign in
 * @param isAvailable whether round-robin may choose the person
 * @param maxOpenTickets null is no limit
 */
public record TeamMemberView(
        UUID id,
        UUID teamId,
        UUID userId,
        String name,
        boolean isActive,
        String role,
        boolean isAvailable,
        @Nullable Integer maxOpenTickets,
        OffsetDateTime joinedAt,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonIgnore int version)
        implements Versioned {

    static TeamMemberView of(Row row) {
        return new TeamMemberView(
                row.getUUID("id"),
                row.getUUID("team_id"),
                row.getUUID("user_id"),
                row.getString("name"),
                row.getBoolean("is_active"),
                row.getString("role"),
                row.getBoolean("is_available"),
                row.getInteger("max_open_tickets"),
                row.getOffsetDateTime("joined_at"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                row.getInteger("version"));
    }

    TeamMemberChangeForm form() {
        return new TeamMemberChangeForm(role, isAvailable, maxOpenTickets);
    }
}
