package io.switchboard.crm.template;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.crm.assignment.AssignmentForm;
import io.switchboard.crm.assignment.AssignmentStrategy;
import io.switchboard.crm.ticket.TicketPriority;
import io.switchboard.crm.ticket.TicketStatus;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Versioned;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A template as it is shown.
 *
 * @param authorId the user who added it
 * @param set what applying it changes of a ticket; null: nothing
 */
public record ResponseTemplateView(
        UUID id,
        String title,
        @Nullable String content,
        @Nullable UUID teamId,
        @Nullable UUID authorId,
        List<String> tags,
        Map<String, Object> metadata,
        @Nullable TicketMacro set,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonIgnore int version)
        implements Versioned {

    /** What {@link #of} reads. */
    static final String COLUMNS =
            "id, title, content, team_id, author_id, tags, metadata, set_status::text, set_priority::text,"
                    + " add_tags, assign_agent_id, assign_team_id, assign_in_turn, created_at, updated_at, version";

    static final List<String> LONG_TEXTS = List.of(
            "title",
            "content",
            "case when pg_column_size(tags) > 60 then array_to_string(tags, '') end",
            "case when pg_column_size(add_tags) > 60 then array_to_string(add_tags, '') end",
            "case when pg_column_size(metadata) > 60 then metadata::text end");

    static ResponseTemplateView of(Row row) {
        return new ResponseTemplateView(
                row.getUUID("id"),
                row.getString("title"),
                row.getString("content"),
                row.getUUID("team_id"),
                row.getUUID("author_id"),
                List.of(row.getArrayOfStrings("tags")),
                row.getJsonObject("metadata").getMap(),
                macro(row),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                row.getInteger("version"));
    }

    ResponseTemplateForm form() {
        return new ResponseTemplateForm(title, content, teamId, tags, metadata, set);
    }

    private static @Nullable TicketMacro macro(Row row) {
        var macro = new TicketMacro(
                EnumParam.fromWire(TicketStatus.class, row.getString("set_status")),
                EnumParam.fromWire(TicketPriority.class, row.getString("set_priority")),
                List.of(row.getArrayOfStrings("add_tags")),
                assignment(
                        row.getUUID("assign_agent_id"),
                        row.getUUID("assign_team_id"),
                        row.getBoolean("assign_in_turn")));
        return macro.isEmpty() ? null : macro;
    }

    /** A team that was deleted leaves nothing to assign to. */
    private static @Nullable AssignmentForm assignment(
            @Nullable UUID agentId, @Nullable UUID teamId, boolean isInTurn) {
        var strategy = isInTurn && teamId != null ? AssignmentStrategy.ROUND_ROBIN : null;
        return agentId == null && teamId == null ? null : new AssignmentForm(agentId, teamId, strategy);
    }
}
