package io.switchboard.voice.call;

import io.switchboard.voice.call.Effect.CallMissed;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The rows of calls as the worker keeps them, one event after the other, without a database. */
final class LinkedRows {
    private static final Set<String> PLATFORMS = Set.of("vapi", "retell", "elevenlabs");

    private final Map<UUID, CallRow> rows = new LinkedHashMap<>();
    private final GeneratedCalls generated;
    /** Which rows staff was told of as missed calls: false where that is still to be sent. */
    private final Map<UUID, Boolean> missedSent = new HashMap<>();

    LinkedRows(GeneratedCalls generated) {
        this.generated = generated;
    }

    Collection<CallRow> stored() {
        return rows.values();
    }

    /** How often staff has been told of the call, or is to be. */
    int timesMissedTold() {
        return missedSent.size();
    }

    void apply(CallEvent event) {
        UUID id = UUID.nameUUIDFromBytes((event.provider() + event.callId()).getBytes(StandardCharsets.UTF_8));
        CallRow own = rows.get(id);
        Call changed = own == null
                ? Call.first(id, event, "US")
                : BorrowedFields.giveBack(own.call()).after(event, "US");
        Set<CallKey> gained = new HashSet<>(event.keys());
        gained.removeAll(own == null ? Set.of() : own.keys());
        CallMerge merge = new CallMerge(whole(own, changed, gained), changed, gained, PLATFORMS::contains);
        Map<UUID, Boolean> takenBack = takeBack(merge.newLegs());
        merge.effects(takenBack).stream()
                .filter(CallMissed.class::isInstance)
                .forEach(missed -> missedSent.put(merge.headId(), generated.chance(50)));
        merge.after(takenBack).forEach(row -> rows.put(row.id(), row));
    }

    /** Of half of the rows nothing was sent yet. */
    private Map<UUID, Boolean> takeBack(List<CallRow> legs) {
        Map<UUID, Boolean> taken = new HashMap<>();
        for (CallRow leg : legs) {
            if (Boolean.FALSE.equals(missedSent.get(leg.id()))) {
                missedSent.remove(leg.id());
                taken.put(leg.id(), true);
            }
        }
        return taken;
    }

    private List<CallRow> whole(CallRow own, Call changed, Set<CallKey> gained) {
        Set<CallKey> keys = new HashSet<>(gained);
        keys.add(new CallKey(changed.provider(), changed.providerCallId()));
        Set<UUID> heads = rows.values().stream()
                .filter(row -> row == own || keys.stream().anyMatch(key -> goesBy(row, key)))
                .map(LinkedRows::head)
                .collect(Collectors.toSet());
        return rows.values().stream().filter(row -> heads.contains(head(row))).toList();
    }

    private static boolean goesBy(CallRow row, CallKey key) {
        return row.keys().contains(key)
                || row.call().provider().equals(key.provider())
                        && row.call().providerCallId().equals(key.key());
    }

    private static UUID head(CallRow row) {
        return row.headId() == null ? row.id() : row.headId();
    }

    /** All that does not depend on what was sent when. */
    List<Object> facts() {
        List<Object> facts = new ArrayList<>();
        rows.values().stream()
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .forEach(row -> {
                    Map<String, Long> evidence = new HashMap<>(row.call().evidence());
                    evidence.remove("missedCallTold");
                    facts.add(List.of(row.call().withEvidence(evidence), String.valueOf(row.headId()), row.keys()));
                });
        return facts;
    }
}
