package io.switchboard.voice.tool;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.voice.agent.AgentTool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tool calls of live calls as they are kept; who begins one holds a lease, so that of all replicas one does the work. */
@ApplicationScoped
class ToolCalls {
    private static final String BEGIN =
            "select state, run_id, run_key, run_name, run_body, run_lease, told_result, told_error,"
                    + " state = 'begun' and may_use_tool($1, $2, $8, $9, run_name) as may_use"
                    + " from begin_tool_call($1, $2, $3, $4, $5::text::jsonb, $10, $6, $7)";
    private static final String MAY_USE = "select may_use_tool($1, null, $2, $3, $4) as may_use";
    private static final String FINISH = "select finish_tool_call($1, $2, $3, $4, $5, $6) as kept";
    private static final String RELEASE =
            "update tool_calls set lease = null, lease_until = null" + " where org_id = $1 and id = $2 and lease = $3";

    private final TenantSql sql;

    ToolCalls(TenantSql sql) {
        this.sql = sql;
    }

    /**
     * A tool call as a delivery tells it.
     *
     * @param callId the provider's
     * @param id the provider's
     * @param arguments JSON
     * @param phone E.164, of the arguments
     * @param meaning null where it may be done again
     * @param assistantId the provider's
     * @param ownNumbers E.164: the numbers of the call, of which one is the organization's
     */
    record Told(
            String provider,
            String callId,
            String id,
            String name,
            String arguments,
            @Nullable String phone,
            @Nullable String meaning,
            @Nullable String time,
            @Nullable String assistantId,
            List<String> ownNumbers) {}

    enum State {
        /** It is for the caller to do. */
        BEGUN,
        /** Another delivery of it is at work. */
        RUNNING,
        ANSWERED
    }

    /**
     * A tool call that is kept.
     *
     * @param key the provider's id of it, or of the first one of the same meaning
     * @param body the arguments of the first delivery, with the id of our call where it is known
     * @param mayUse whether the voice agent is allowed the tool
     */
    record Kept(
            State state,
            UUID id,
            String key,
            String name,
            String body,
            @Nullable UUID lease,
            boolean mayUse,
            ToolText text) {}

    Uni<Kept> begin(CallerContext caller, Told told) {
        var args = Tuple.tuple()
                .addValue(told.provider())
                .addValue(told.callId())
                .addValue(told.id())
                .addValue(told.name())
                .addValue(told.arguments())
                .addValue(told.meaning())
                .addValue(told.time())
                .addValue(told.assistantId())
                .addValue(told.ownNumbers().toArray(String[]::new))
                .addValue(told.phone());
        return sql.callFirst(caller, BEGIN, args, ToolCalls::kept);
    }

    /**
     * Whether the voice agent of a call that is not named is allowed the tool.
     *
     * @param ownNumbers as of {@link Told}
     */
    Uni<Boolean> mayUse(
            CallerContext caller, String provider, @Nullable String assistantId, List<String> ownNumbers, String tool) {
        var args = Tuple.tuple()
                .addValue(provider)
                .addValue(assistantId)
                .addValue(ownNumbers.toArray(String[]::new))
                .addValue(tool);
        return sql.first(caller, MAY_USE, args, row -> row.getBoolean("may_use"));
    }

    /** False where the lease was lost: another one has answered, or will. */
    Uni<Boolean> finish(CallerContext caller, Kept begun, ToolText text, int millis) {
        var tool = ToolMeaning.tool(begun.name());
        var outdated = tool == null ? List.<AgentTool>of() : ToolMeaning.outdated(tool);
        var args = Tuple.of(begun.id(), begun.lease(), text.result(), text.error(), millis)
                .addArrayOfString(outdated.stream().map(AgentTool::wire).toArray(String[]::new));
        return sql.callFirst(caller, FINISH, args, row -> row.getBoolean("kept"));
    }

    /** For the next delivery to try again. */
    Uni<Void> release(CallerContext caller, Kept begun) {
        return sql.execute(caller, RELEASE, Tuple.of(caller.orgId(), begun.id(), begun.lease()))
                .replaceWithVoid();
    }

    private static Kept kept(Row row) {
        return new Kept(
                switch (row.getString("state")) {
                    case "begun" -> State.BEGUN;
                    case "answered" -> State.ANSWERED;
                    default -> State.RUNNING;
                },
                row.getUUID("run_id"),
                row.getString("run_key"),
                row.getString("run_name"),
                row.getString("run_body"),
                row.getUUID("run_lease"),
                row.getBoolean("may_use"),
                new ToolText(row.getString("told_result"), row.getString("told_error")));
    }
}
