package io.switchboard.voice.inbox;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.work.LeaseLost;
import io.switchboard.voice.provider.RawEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The events of one call that are worked on together, in one transaction: the claimed one and those that wait behind it.
 * While the claimed one runs, no other worker gets any of them.
 */
public final class EventBatch {
    /** An event of the batch; one that was applied before has only effects left. */
    public record Event(
            UUID id,
            boolean applied,
            @Nullable String effects,
            @Nullable RawEvent raw) {}

    /** What becomes of the claimed event. */
    enum Next {
        /** All is done. */
        DONE,
        /** It stays leased while its effects are sent. */
        EFFECTS,
        /** Its effects wait, since their receiver is away or they may still be taken back. */
        POSTPONED
    }

    private static final String CHANGE = "update processed_webhook_events set ";
    private static final String LEASED = " where org_id = $1 and id = $2 and lease = $3";
    /** Its own body, or the one that it shares with other events of its delivery. */
    private static final String BODY =
            "coalesce(body, (select d.body from webhook_deliveries d" + " where d.org_id = $1 and d.id = delivery_id))";

    private static final String COLUMNS = "select id, type, revision, received_at, applied_at is not null as applied,"
            + " effects::text, case when applied_at is null then " + BODY
            + " end as body from processed_webhook_events";

    private static final String LOCK = COLUMNS + LEASED + " for update";

    private static final String OF_CALL = " from processed_webhook_events"
            + " where org_id = $1 and call_key = $3 and provider = $2 and status = 'pending'";

    /**
     * At most 31 events and 4 MiB. Events that another transaction holds, to replace them, come later. The conditions leave
     * one index for each part, whatever the table's statistics: the queue's first, then the primary key.
     */
    static final String FOLLOWING = COLUMNS + " where org_id = $1 and status::text = 'pending' and id = any (array("
            + "select id from (select id, sum(octet_length(" + BODY + ")) over (order by next_attempt_at, id) as bytes"
            + OF_CALL + " and applied_at is null and next_attempt_at <= now() order by next_attempt_at, id limit 31)"
            + " as next where bytes < 4194304 union all (select id"
            + OF_CALL + " and applied_at is not null and next_attempt_at <= now()"
            + " order by next_attempt_at, id limit 31))) order by id for update skip locked";

    private static final String FREE = ", lease = null, lease_until = null";
    private static final String DONE = CHANGE + "status = 'done', applied_at = now(), error = null, effects = null,"
            + " processed_at = now()" + FREE + LEASED;
    private static final String EFFECTS = CHANGE + "applied_at = now(), effects = $4::text::jsonb" + LEASED;
    private static final String POSTPONED = CHANGE + "status = 'pending', applied_at = now(), attempts = attempts - 1,"
            + " effects = $4::text::jsonb, next_attempt_at = now() + make_interval(secs => $5)" + FREE + LEASED;
    private static final String FOLLOWERS_DONE =
            CHANGE + "status = 'done', applied_at = coalesce(applied_at, now()), error = null,"
                    + " effects = null, processed_at = now() where org_id = $1 and id = any ($2) and status = 'pending'";
    private static final String DEAD_LETTER = CHANGE + "status = 'dead', error = $3, processed_at = now()" + FREE
            + " where org_id = $1 and id = $2 and status in ('pending', 'running')";

    private final Statements statements;
    private final Claim claim;
    private final List<Event> events;

    private EventBatch(Statements statements, Claim claim, List<Event> events) {
        this.statements = statements;
        this.claim = claim;
        this.events = events;
    }

    /** Fails with {@link LeaseLost}. */
    static Uni<EventBatch> lock(Statements statements, Claim claim) {
        var claimed = statements.run(LOCK, EventQueue.leased(claim)).map(EventBatch::events);
        // After a failure it is alone, so that another event cannot be at fault.
        if (!claim.mayHaveFollowers()) {
            return claimed.map(own -> new EventBatch(statements, claim, held(own)));
        }
        var following = statements
                .run(FOLLOWING, Tuple.of(claim.orgId(), claim.provider(), claim.callKey()))
                .map(EventBatch::events);
        return Uni.combine()
                .all()
                .unis(claimed, following)
                .with((own, others) -> new EventBatch(
                        statements,
                        claim,
                        Stream.concat(held(own).stream(), others.stream()).toList()));
    }

    /** The claimed one first, the others from the oldest on. */
    public List<Event> events() {
        return events;
    }

    /** When the claimed one arrived. */
    public Instant arrivedAt() {
        return events.get(0).raw().receivedAt();
    }

    /** The claimed event takes the next step, its followers are done, and unreadable ones are dead letters. */
    Uni<Void> close(Next next, EventOutcome outcome) {
        var steps = new ArrayList<Uni<Void>>();
        var done = events.stream()
                .skip(1)
                .map(Event::id)
                .filter(id -> !outcome.unreadable().contains(id))
                .toArray(UUID[]::new);
        steps.add(run(statement(next), arguments(next, outcome)));
        if (done.length > 0) {
            steps.add(run(FOLLOWERS_DONE, Tuple.of(claim.orgId(), (Object) done)));
        }
        outcome.unreadable().forEach(id -> steps.add(deadLetter(id, outcome.flaw())));
        return Uni.join().all(steps).andFailFast().replaceWithVoid();
    }

    /** The claimed event is a dead letter. */
    Uni<Void> deadLetter(String reason) {
        return deadLetter(claim.id(), reason);
    }

    private Uni<Void> run(String sql, Tuple args) {
        return statements.run(sql, args).replaceWithVoid();
    }

    private Uni<Void> deadLetter(UUID id, String reason) {
        return run(DEAD_LETTER, Tuple.of(claim.orgId(), id, EventQueue.cut(reason)));
    }

    private Tuple arguments(Next next, EventOutcome outcome) {
        var arguments = EventQueue.leased(claim);
        return switch (next) {
            case DONE -> arguments;
            case EFFECTS -> arguments.addValue(outcome.effects());
            case POSTPONED ->
                arguments
                        .addValue(outcome.effects())
                        .addValue(outcome.effectsAfter().toMillis() / 1000.0);
        };
    }

    private static String statement(Next next) {
        return switch (next) {
            case DONE -> DONE;
            case EFFECTS -> EFFECTS;
            case POSTPONED -> POSTPONED;
        };
    }

    private static List<Event> held(List<Event> claimed) {
        if (claimed.isEmpty()) {
            throw new LeaseLost();
        }
        return claimed;
    }

    private static List<Event> events(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(EventBatch::event)
                .toList();
    }

    private static Event event(Row row) {
        Buffer body = row.getBuffer("body");
        return new Event(
                row.getUUID("id"),
                row.getBoolean("applied"),
                row.getString("effects"),
                body == null ? null : raw(row, body.getBytes()));
    }

    private static RawEvent raw(Row row, byte[] body) {
        Instant receivedAt = row.getOffsetDateTime("received_at").toInstant();
        return new RawEvent(row.getString("type"), row.getInteger("revision"), body, receivedAt);
    }
}
