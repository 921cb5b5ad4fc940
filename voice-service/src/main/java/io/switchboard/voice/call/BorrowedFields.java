package io.switchboard.voice.call;

import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.Parties;
import io.switchboard.voice.callevent.Report;
import io.switchboard.voice.callevent.ReportField;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the head of a call takes from its legs: fields of which its own events tell nothing. Each is whole, never a sum, and from
 * the first leg that has it. In the head's evidence it weighs less than any event's, so that it can be told apart and given back.
 */
final class BorrowedFields {
    private static final long BORROWED = -1;

    /** Fields that are taken together. A leg's own ids are not among them. */
    private static final List<List<ReportField<?>>> UNITS = List.of(
            List.of(ReportField.ENDED_REASON),
            List.of(ReportField.DURATION_SECONDS),
            List.of(ReportField.COST, ReportField.CURRENCY),
            List.of(ReportField.SUMMARY),
            List.of(ReportField.SUCCESS_EVALUATION, ReportField.SUCCESS),
            List.of(ReportField.RECORDING_URL),
            List.of(ReportField.CUSTOMER_NAME),
            List.of(ReportField.LEAD_SCORE),
            List.of(ReportField.ANSWERED_BY),
            List.of(ReportField.TOKENS));

    private final Call call;
    private final Map<String, Long> evidence;
    private CallState state;
    private @Nullable Boolean answered;
    private @Nullable CallDirection direction;
    private @Nullable String from;
    private @Nullable String to;
    private @Nullable String fromE164;
    private @Nullable String toE164;
    private @Nullable Instant answeredAt;
    private @Nullable Instant endedAt;
    private Report report;

    private BorrowedFields(Call call) {
        this.call = call;
        evidence = new HashMap<>(call.evidence());
        state = call.state();
        answered = call.answered();
        direction = call.parties().direction();
        from = call.parties().from();
        to = call.parties().to();
        fromE164 = call.fromE164();
        toE164 = call.toE164();
        answeredAt = call.times().answered();
        endedAt = call.times().ended();
        report = call.report();
    }

    /** The call as its own events tell it. */
    static Call giveBack(Call call) {
        return call.evidence().containsValue(BORROWED)
                ? new BorrowedFields(call).returned().call()
                : call;
    }

    /** @param legs in the order of their worth */
    static Call borrow(Call head, List<Call> legs) {
        var fields = new BorrowedFields(head);
        legs.forEach(fields::fillFrom);
        return fields.call();
    }

    private BorrowedFields returned() {
        state = isBorrowed("status") ? CallState.UNKNOWN : state;
        answered = own("answered", answered);
        direction = own("direction", direction);
        fromE164 = own("from", fromE164);
        from = own("from", from);
        toE164 = own("to", toE164);
        to = own("to", to);
        answeredAt = own("answeredAt", answeredAt);
        endedAt = own("endedAt", endedAt);
        for (ReportField<?> field : ReportField.ALL) {
            report = isBorrowed(field.name()) ? report.with(field, null) : report;
        }
        evidence.values().removeIf(weight -> weight == BORROWED);
        return this;
    }

    /** A leg of the other direction is another side of the call: who is asked there says nothing of who is here. */
    private void fillFrom(Call leg) {
        Parties other = leg.parties();
        if (direction != null && other.direction() != null && direction != other.direction()) {
            return;
        }
        fillParties(leg);
        if (state == CallState.UNKNOWN && leg.state() != CallState.UNKNOWN) {
            state = leg.state();
            report = GivenUp.forget(report);
            evidence.put("status", BORROWED);
        }
        answered = filled("answered", answered, leg.answered());
        answeredAt = filled("answeredAt", answeredAt, leg.times().answered());
        endedAt = filled("endedAt", endedAt, leg.times().ended());
        for (var unit : UNITS) {
            if (unit.stream().allMatch(field -> report.get(field) == null)) {
                unit.forEach(field -> take(field, leg.report()));
            }
        }
    }

    /** Only from a leg that agrees on what is known. */
    private void fillParties(Call leg) {
        Parties other = leg.parties();
        if (!agree(from, other.from(), fromE164, leg.fromE164()) || !agree(to, other.to(), toE164, leg.toE164())) {
            return;
        }
        direction = filled("direction", direction, other.direction());
        fromE164 = from == null ? leg.fromE164() : fromE164;
        from = filled("from", from, other.from());
        toE164 = to == null ? leg.toE164() : toE164;
        to = filled("to", to, other.to());
    }

    private static boolean agree(
            @Nullable String one, @Nullable String other, @Nullable String number, @Nullable String otherNumber) {
        return one == null || other == null || one.equals(other) || number != null && number.equals(otherNumber);
    }

    private <T extends Comparable<? super T>> void take(ReportField<T> field, Report leg) {
        report = report.with(field, filled(field.name(), report.get(field), leg.get(field)));
    }

    private <T> @Nullable T filled(String name, @Nullable T known, @Nullable T other) {
        if (known != null || other == null) {
            return known;
        }
        evidence.put(name, BORROWED);
        return other;
    }

    private <T> @Nullable T own(String name, @Nullable T value) {
        return isBorrowed(name) ? null : value;
    }

    private boolean isBorrowed(String name) {
        return Objects.equals(evidence.get(name), BORROWED);
    }

    private Call call() {
        return new Call(
                call.id(),
                call.provider(),
                call.providerCallId(),
                state,
                answered,
                new Parties(direction, from, to),
                fromE164,
                toE164,
                new Call.Times(call.times().started(), answeredAt, endedAt),
                report,
                call.transcript(),
                call.metadata(),
                Map.copyOf(evidence),
                call.erased());
    }
}
