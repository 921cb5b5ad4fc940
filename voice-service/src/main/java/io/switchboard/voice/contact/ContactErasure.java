package io.switchboard.voice.contact;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.AuditTrail;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.voice.contact.Steps.Step;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Removes what calls and events say of a person. First the calls are marked as erased: from then on their events, waiting or still to
 * come, add figures only, cause nothing in crm-service and lose their bodies once applied. Then what the past events say goes, and what
 * crm-service was still to be told of them. Last come the dead events that name one of the numbers and may have no call.
 */
@ApplicationScoped
class ContactErasure {
    private static final int CALLS = 200;
    private static final int EVENTS = 250; // the trigger that keeps the queue compares each with each
    private static final int DEAD_EVENTS = 500;
    private static final UUID FIRST = new UUID(0, 0);
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{4,14}");

    private final TenantSql sql;
    private final AuditTrail trail;

    ContactErasure(TenantSql sql, AuditTrail trail) {
        this.sql = sql;
        this.trail = trail;
    }

    /** How many calls and events this request erased. */
    record Erased(
            @Schema(examples = "12") int calls,
            @Schema(examples = "61") int events) {}

    /** Fails with {@code unavailable} if it needs another request to come to the end. */
    Uni<Erased> erase(CallerContext caller, UUID contactId, List<String> phones) {
        var steps = new Steps();
        var numbers = phones.stream()
                .filter(phone -> E164.matcher(phone).matches())
                .distinct()
                .toArray(String[]::new);
        return steps.run(() -> calls(caller, contactId, numbers))
                .chain(calls -> steps.run(() -> events(caller)).chain(events -> deadEvents(steps, caller, numbers)
                        .map(dead -> new Erased(calls, events + dead))))
                .call(erased -> record(caller, contactId, erased));
    }

    private Uni<Step> calls(CallerContext caller, UUID contactId, String[] numbers) {
        return first(caller, "select erase_calls($1, $2, $3) as calls", Tuple.of(contactId, numbers, CALLS))
                .map(row -> row.getInteger("calls"))
                .map(calls -> new Step(calls, calls >= CALLS));
    }

    private Uni<Step> events(CallerContext caller) {
        return first(caller, "select events, is_more from erase_events_of_calls($1)", Tuple.of(EVENTS))
                .map(row -> new Step(row.getInteger("events"), row.getBoolean("is_more")));
    }

    private Uni<Integer> deadEvents(Steps steps, CallerContext caller, String[] numbers) {
        if (numbers.length == 0) {
            return Uni.createFrom().item(0);
        }
        var digits =
                List.of(numbers).stream().map(number -> number.substring(1)).toArray(String[]::new);
        var last = new AtomicReference<>(FIRST);
        return steps.run(() -> first(
                        caller,
                        "select last_id, events from erase_dead_events($1, $2, $3)",
                        Tuple.of(digits, last.get(), DEAD_EVENTS))
                .map(row -> {
                    last.set(row.getUUID("last_id"));
                    return new Step(row.getInteger("events"), last.get() != null);
                }));
    }

    /** Nothing for a repeat. */
    private Uni<Void> record(CallerContext caller, UUID contactId, Erased erased) {
        return erased.calls() + erased.events() == 0
                ? Uni.createFrom().voidItem()
                : trail.record(
                        caller,
                        AuditEvent.success("erase", "contact", contactId)
                                .with(Map.of("calls", erased.calls(), "events", erased.events())));
    }

    private Uni<Row> first(CallerContext caller, String statement, Tuple args) {
        return sql.call(caller, statement, args).map(rows -> rows.iterator().next());
    }
}
