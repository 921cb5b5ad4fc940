package io.switchboard.voice.call;

import io.switchboard.voice.callevent.CallKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a change of one row makes of all rows of its call, and which effects follow: they are told of the head, for the whole. */
final class CallMerge {
    /** In a head's evidence: staff was told of the missed call. */
    private static final String MISSED_TOLD = "missedCallTold";

    /** Under the id of a row that is a leg now. */
    private static final long OF_LEG = 0;

    /** Under the head's own id, though it is not missed any more: it may become a leg of one that is. */
    private static final long OF_ITSELF = 1;

    private final Map<UUID, CallRow> before = new LinkedHashMap<>();
    private final UUID own;
    private final Set<CallKey> keys;
    private final WholeCall whole;

    /**
     * @param rows of the call, as they are stored; the one that changes may be missing
     * @param changed as its own events tell it
     * @param gained further ids that it goes by from now on
     */
    CallMerge(Collection<CallRow> rows, Call changed, Set<CallKey> gained, Predicate<String> isPlatform) {
        rows.forEach(row -> before.put(row.id(), row));
        own = changed.id();
        var known = before.get(own);
        keys = new HashSet<>(gained);
        keys.addAll(known == null ? Set.of() : known.keys());
        Map<UUID, Call> calls = new HashMap<>();
        rows.forEach(row -> calls.put(row.id(), row.call()));
        calls.put(own, changed);
        whole = WholeCall.of(calls.values(), isPlatform);
    }

    /** Rows that stood for a call, and are legs from now on. */
    List<CallRow> newLegs() {
        return before.values().stream()
                .filter(row -> !row.isLeg() && !row.id().equals(whole.head().id()))
                .toList();
    }

    boolean isErased() {
        return whole.head().erased();
    }

    /** Rows that are not marked as erased yet, though their call is. */
    List<UUID> newlyErased() {
        return isErased()
                ? calls().map(Call::id)
                        .filter(id -> !before.containsKey(id)
                                || !before.get(id).call().erased())
                        .toList()
                : List.of();
    }

    /** The contact that moves to the head; null when there is none to be moved. */
    @Nullable
    UUID movedContact() {
        return newLegs().stream()
                .map(CallRow::contactId)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    UUID headId() {
        return whole.head().id();
    }

    Call head() {
        return whole.head();
    }

    /** All rows of a call that was answered; none of another. */
    Set<UUID> answered() {
        return Boolean.TRUE.equals(whole.head().answered())
                ? calls().map(Call::id).collect(Collectors.toSet())
                : Set.of();
    }

    /** The row that was stored under the id; null when it is new. */
    @Nullable
    CallRow before(UUID id) {
        return before.get(id);
    }

    /**
     * All rows as they are from now on, the head first.
     *
     * @param takenBack rows whose effects were taken back before they were sent; true where a missed call is among them
     */
    List<CallRow> after(Map<UUID, Boolean> takenBack) {
        List<CallRow> rows = new ArrayList<>();
        boolean linked = !whole.legs().isEmpty();
        rows.add(row(marked(takenBack), null, linked));
        whole.legs().forEach(leg -> rows.add(row(leg, whole.head().id(), true)));
        return rows;
    }

    private CallRow row(Call call, @Nullable UUID headId, boolean linked) {
        var known = before.get(call.id());
        return new CallRow(
                call,
                headId,
                linked || known != null && known.linked(),
                known == null ? null : known.contactId(),
                call.id().equals(own) ? Set.copyOf(keys) : known == null ? Set.of() : known.keys());
    }

    /** Effects that this change has. */
    List<Effect> effects(Map<UUID, Boolean> takenBack) {
        if (isErased()) {
            return List.of();
        }
        var head = before.get(headId());
        boolean wasHead = head != null && !head.isLeg();
        boolean isTold = wasToldOfLeg(takenBack) || wasHead && CallEffects.isMissed(head.call());
        return CallEffects.of(wasHead ? head.call() : told(takenBack), whole.head(), isTold);
    }

    /** The former head, if its contact has had all of its effects. */
    private @Nullable Call told(Map<UUID, Boolean> takenBack) {
        return newLegs().stream()
                .filter(row -> row.contactId() != null && !takenBack.containsKey(row.id()))
                .map(CallRow::call)
                .findFirst()
                .orElse(null);
    }

    private boolean wasToldOfLeg(Map<UUID, Boolean> takenBack) {
        return before.values().stream().anyMatch(row -> isTold(row.call(), OF_LEG))
                || newLegs().stream()
                        .anyMatch(row -> (CallEffects.isMissed(row.call()) || isTold(row.call(), OF_ITSELF))
                                && !takenBack.getOrDefault(row.id(), false));
    }

    private static boolean isTold(Call call, long how) {
        return Objects.equals(call.evidence().get(MISSED_TOLD), how);
    }

    /** The head, marked where staff was told of a missed call and the head's own state does not say so. */
    private Call marked(Map<UUID, Boolean> takenBack) {
        var head = whole.head();
        if (wasToldOfLeg(takenBack)) {
            return mark(head, OF_LEG);
        }
        var known = before.get(head.id());
        var isNoLongerMissed = known != null && CallEffects.isMissed(known.call()) && !CallEffects.isMissed(head);
        return isNoLongerMissed ? mark(head, OF_ITSELF) : head;
    }

    private static Call mark(Call head, long how) {
        Map<String, Long> evidence = new HashMap<>(head.evidence());
        evidence.put(MISSED_TOLD, how);
        return head.withEvidence(evidence);
    }

    private Stream<Call> calls() {
        return Stream.concat(Stream.of(whole.head()), whole.legs().stream());
    }
}
