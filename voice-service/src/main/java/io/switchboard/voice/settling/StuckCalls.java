package io.switchboard.voice.settling;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.work.WorkPiece;
import io.switchboard.voice.inbox.ProviderAnswers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Calls that are open for longer than they may be, and what becomes of them. */
@ApplicationScoped
class StuckCalls {
    /** More in an hour say nothing new. */
    private static final int MOST_ALERTS = 10;

    private static final String UNKNOWN = "unknown";

    private static final String FIND =
            "select c.id, c.provider, c.provider_call_id, c.started_at, c.erased_at is not null as erased,"
                    + " coalesce(c.owner_id, (select a.owner_id from agents a where a.org_id = c.org_id and a.id = c.agent_id))"
                    + " as owner_id,"
                    + " array(select k.key from call_keys k where k.org_id = c.org_id and k.call_id = c.id and k.provider = c.provider"
                    + " order by k.key) as other_ids"
                    + " from call_logs c where c.org_id = $1 and c.id = $2 and c.head_id is null and c.status <> 'ended'"
                    + " and c.ended_reason is distinct from 'settled-unknown'";
    private static final String GIVE_UP = "select give_up_call($1) as outcome";
    private static final String GIVEN_UP = "select calls_given_up() as given_up";
    private static final String OWE = "insert into outbox (org_id, destination, event) values ($1, 'crm-service', $2)";

    private final TenantSql sql;

    StuckCalls(TenantSql sql) {
        this.sql = sql.forWorkers();
    }

    /** Null where it is over, given up, or a leg of another call by now. */
    Uni<@Nullable StuckCall> find(CallerContext caller, UUID id) {
        return sql.first(caller, FIND, Tuple.of(caller.orgId(), id), StuckCalls::call);
    }

    /** The answer becomes an event of the call. @param progress of the piece from now on */
    Uni<Void> record(WorkPiece piece, StuckCall call, Buffer answer, SettlingProgress progress) {
        return sql.transaction(piece.caller(), statements -> ProviderAnswers.record(
                        statements, call.provider(), call.providerCallId(), progress.answers(), answer)
                .chain(() -> piece.save(statements, progress.json())));
    }

    Uni<Void> save(WorkPiece piece, SettlingProgress progress) {
        return sql.transaction(piece.caller(), statements -> piece.save(statements, progress.json()));
    }

    /**
     * It is closed as the SQL function tells, and admins are told where its end is not known. Answers the outcome; null where it is over
     * meanwhile.
     *
     * @param reason why its provider does not tell, the end of a sentence
     */
    Uni<@Nullable String> giveUp(CallerContext caller, StuckCall call, String reason) {
        return sql.transaction(caller, statements -> statements
                .first(GIVE_UP, Tuple.of(call.id()), row -> row.getString("outcome"))
                .call(outcome -> UNKNOWN.equals(outcome)
                        ? alert(caller, statements, call, reason)
                        : Uni.createFrom().voidItem()));
    }

    private Uni<Void> alert(CallerContext caller, Statements statements, StuckCall call, String reason) {
        return statements
                .first(GIVEN_UP, Tuple.tuple(), row -> row.getInteger("given_up"))
                .chain(givenUp -> givenUp < MOST_ALERTS
                        ? owe(caller, statements, UnknownEndAlert.of(call, reason, givenUp + 1 == MOST_ALERTS))
                        : Uni.createFrom().voidItem());
    }

    private static Uni<Void> owe(CallerContext caller, Statements statements, JsonObject alert) {
        return statements.run(OWE, Tuple.of(caller.orgId(), alert)).replaceWithVoid();
    }

    private static StuckCall call(Row row) {
        return new StuckCall(
                row.getUUID("id"),
                row.getString("provider"),
                row.getString("provider_call_id"),
                List.of(row.getArrayOfStrings("other_ids")),
                row.getUUID("owner_id"),
                row.getOffsetDateTime("started_at"),
                row.getBoolean("erased"));
    }
}
