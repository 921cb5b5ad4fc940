package io.switchboard.voice.calllist;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.voice.call.CallColumn;
import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.callevent.CallKey;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.tool.ToolCallView;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The calls of the caller's organization, as people read them. */
@ApplicationScoped
class Calls {
    private static final String COLUMNS =
            "id, head_id, provider, provider_call_id, direction::text, from_number, to_number, status::text, answered,"
                    + " started_at, answered_at, ended_at, contact_id, client_id, assistant_id, agent_id, metadata,"
                    + " erased_at, created_at, updated_at, version, " + CallColumn.REPORT;
    /** Lists show excerpts: a page of long texts would be too large. */
    private static final String EXCERPTS =
            "left(summary, 500) as summary, left(success_evaluation, 500) as success_evaluation";

    /** Its own, else that of its first leg that has one. */
    private static final String TRANSCRIPT = "coalesce(transcript_of(call_logs.id), (select transcript_of(l.id)"
            + " from call_logs l where l.org_id = call_logs.org_id and l.head_id = call_logs.id"
            + " and transcript_of(l.id) is not null order by l.started_at, l.id limit 1)) as transcript";

    private static final String OF_ORG = " from call_logs where org_id = $1";
    private static final String SHOW = "select " + COLUMNS + ", " + TRANSCRIPT + ", " + CallLeg.JSON + " as legs, "
            + ToolCallView.JSON + " as tool_calls" + OF_ORG + " and id = $2";

    /** Checked once a query: for a role that sees no call, row security would look at each of them in vain. */
    private static final String LIST = "select " + COLUMNS.replace("summary, success_evaluation", EXCERPTS)
            + ", null as transcript, null::jsonb as legs, null::jsonb as tool_calls" + OF_ORG + " and head_id is null"
            + " and (select current_role_name()) in ('admin', 'agent', 'service', 'client', 'user', 'enterprise')";

    private static final String RECENT = "select " + COLUMNS.replace("summary, success_evaluation", EXCERPTS)
            + ", null as transcript, null::jsonb as legs, null::jsonb as tool_calls from get_recent_calls($1, $2)";

    private static final List<String> LONG_TEXTS =
            List.of("summary", "success_evaluation", "recording_url", "metadata::text");
    private static final List<String> ALL_LONG_TEXTS =
            List.of("summary", "success_evaluation", "recording_url", "metadata::text", "transcript");
    private static final String KEYS = "select provider, provider_call_id from call_logs where org_id = $1 and id = $2"
            + " union all (select provider, provider_call_id from call_logs where org_id = $1 and head_id = $2"
            + " order by started_at, id limit 15)";
    private static final String WITH_TRANSCRIPTS = "select " + COLUMNS + ", " + TRANSCRIPT
            + ", null::jsonb as legs, null::jsonb as tool_calls" + OF_ORG + " and head_id is null";
    private static final String NEWEST = "started_at desc, id desc";

    private final TenantSql sql;

    Calls(TenantSql sql) {
        this.sql = sql;
    }

    /** Fails with {@code call_not_found}, also for another tenant's or another client's call. */
    Uni<CallView> show(CallerContext caller, UUID id) {
        return sql.first(caller, SHOW, Tuple.of(caller.orgId(), id), Calls::view)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("call", id));
    }

    /** The ids that a call and its first 15 legs go by at their providers. Fails with {@code call_not_found}. */
    Uni<List<CallKey>> keys(CallerContext caller, UUID id) {
        return sql.list(caller, KEYS, Tuple.of(caller.orgId(), id), Calls::key).invoke(keys -> {
            if (keys.isEmpty()) {
                throw Problem.notFound("call", id);
            }
        });
    }

    /** @param number E.164 */
    Uni<PageOf<CallView>> list(CallerContext caller, CallFilter filter, @Nullable String number, Page page) {
        var words = filter.words();
        return (words == null ? sql : sql.forSearch(words))
                .boundedPage(
                        caller,
                        query(caller, filter, number, page),
                        Calls::view,
                        LONG_TEXTS,
                        last -> Cursor.at(last.startedAt(), last.id()));
    }

    /** @param client null for those of all clients and of none */
    Uni<PageOf<CallView>> recent(CallerContext caller, @Nullable UUID client, Page page) {
        return sql.boundedPage(
                caller,
                new ListQuery(page, RECENT, client, page.rows()),
                Calls::view,
                LONG_TEXTS,
                last -> Cursor.at(last.startedAt(), last.id()));
    }

    /** @param withTranscripts and with summaries in full */
    Uni<PageOf<CallView>> ofContact(CallerContext caller, UUID contactId, boolean withTranscripts, Page page) {
        return sql.boundedPage(
                caller,
                ofContactQuery(caller, contactId, withTranscripts, page),
                Calls::view,
                withTranscripts ? ALL_LONG_TEXTS : LONG_TEXTS,
                last -> Cursor.at(last.startedAt(), last.id()));
    }

    static ListQuery ofContactQuery(CallerContext caller, UUID contactId, boolean withTranscripts, Page page) {
        return new ListQuery(page, withTranscripts ? WITH_TRANSCRIPTS : LIST, caller.orgId())
                .and("contact_id = ?", contactId)
                .newestFirst("started_at", "id");
    }

    /**
     * Only leakproof comparisons reach an index under row security: hence statuses and directions as literals, each with a
     * partial index, and a function for the words. A number may be on either side, each of which has an index: so it is two
     * lists, merged.
     */
    static ListQuery query(CallerContext caller, CallFilter filter, @Nullable String number, Page page) {
        var list = own(new ListQuery(page, LIST, caller.orgId()), caller)
                .andIfGiven("client_id = ?", filter.clientId())
                .andIfGiven("assistant_id = ?", filter.assistantId());
        var status = filter.status();
        if (status != null) {
            list.and("status = '" + status.wire() + "'");
        }
        var direction = filter.direction();
        if (direction != null) {
            list.and("direction = '" + direction.wire() + "'");
        }
        list.andIfGiven("started_at >= ?", filter.from())
                .andIfGiven("started_at < ?", filter.to())
                .andIfGiven("id in (select search_transcripts(?))", filter.words())
                .after("started_at", "id");
        return number == null ? list.ordered(NEWEST) : list.orderedForEach(sides(list.value(number)), NEWEST);
    }

    /** The caller's own, for the index of them; the policy says so too. */
    private static ListQuery own(ListQuery list, CallerContext caller) {
        return switch (caller.role()) {
            case "client" -> list.and("client_id = ?", caller.clientId());
            case "user" -> list.and("owner_id = ?", caller.userId());
            case "enterprise" -> list.and("agent_id is not null");
            default -> list;
        };
    }

    private static List<String> sides(String number) {
        return List.of("from_e164 = " + number, "to_e164 = " + number + " and from_e164 is distinct from " + number);
    }

    private static CallKey key(Row row) {
        return new CallKey(row.getString("provider"), row.getString("provider_call_id"));
    }

    private static CallView view(Row row) {
        var report = CallColumn.report(row);
        return new CallView(
                row.getUUID("id"),
                row.getString("provider"),
                row.getString("provider_call_id"),
                report.get(ReportField.CARRIER_CALL_ID),
                report.get(ReportField.PARENT_CALL_ID),
                EnumParam.fromWire(CallDirection.class, row.getString("direction")),
                row.getString("from_number"),
                row.getString("to_number"),
                report.get(ReportField.CUSTOMER_NAME),
                Objects.requireNonNull(EnumParam.fromWire(CallState.class, row.getString("status"))),
                row.getBoolean("answered"),
                report.get(ReportField.ANSWERED_BY),
                row.getOffsetDateTime("started_at"),
                row.getOffsetDateTime("answered_at"),
                row.getOffsetDateTime("ended_at"),
                report.get(ReportField.DURATION_SECONDS),
                report.get(ReportField.ENDED_REASON),
                CallView.plain(report.get(ReportField.COST)),
                report.get(ReportField.CURRENCY),
                report.get(ReportField.TOKENS),
                row.getUUID("contact_id"),
                row.getUUID("client_id"),
                row.getUUID("assistant_id"),
                row.getUUID("agent_id"),
                report.get(ReportField.SUMMARY),
                report.get(ReportField.SUCCESS_EVALUATION),
                report.get(ReportField.SUCCESS),
                report.get(ReportField.LEAD_SCORE),
                report.get(ReportField.RECORDING_URL),
                row.getJsonObject("metadata").getMap(),
                row.getOffsetDateTime("erased_at"),
                row.getString("transcript"),
                row.getUUID("head_id"),
                legs(row),
                toolCalls(row),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                row.getInteger("version"));
    }

    private static @Nullable List<CallLeg> legs(Row row) {
        var legs = row.getUUID("head_id") == null ? row.getJsonArray("legs") : null;
        return legs == null
                ? null
                : legs.stream().map(leg -> CallLeg.of((JsonObject) leg)).toList();
    }

    private static @Nullable List<ToolCallView> toolCalls(Row row) {
        var calls = row.getJsonArray("tool_calls");
        return calls == null
                ? null
                : calls.stream().map(call -> ToolCallView.of((JsonObject) call)).toList();
    }
}
