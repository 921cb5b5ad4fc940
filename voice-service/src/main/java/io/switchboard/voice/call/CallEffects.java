package io.switchboard.voice.call;

import io.switchboard.voice.call.Effect.CallMissed;
import io.switchboard.voice.call.Effect.ContactFromCall;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.LeadScore;
import io.switchboard.voice.callevent.ReportField;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides which effects a change of a call has. Each effect follows from exactly one change; an event that changes nothing
 * has no effects.
 */
public final class CallEffects {
    private CallEffects() {}

    /** @param before null when the call is new */
    public static List<Effect> of(@Nullable Call before, Call after) {
        return of(before, after, before != null && isMissed(before));
    }

    /** @param isMissedTold whether staff was notified of the missed call before */
    static List<Effect> of(@Nullable Call before, Call after, boolean isMissedTold) {
        List<Effect> effects = new ArrayList<>(2);
        ContactFromCall contact = contact(before, after);
        if (contact != null) {
            effects.add(contact);
        }
        if (isMissed(after) && !isMissedTold) {
            Instant at = after.times().ended();
            effects.add(new CallMissed(
                    after.id() + ":missed_call", after.id(), after.parties().from(), at));
        }
        return List.copyOf(effects);
    }

    /** In the order in which they arose, each once. */
    static List<Effect> eachOnce(List<Effect> effects) {
        Map<String, Effect> byKey = new LinkedHashMap<>();
        effects.forEach(effect -> byKey.put(effect.key(), effect));
        return List.copyOf(byKey.values());
    }

    /** The effects, without that of having missed a call that was answered after all. */
    static List<Effect> without(Set<UUID> answered, List<Effect> effects) {
        return effects.stream()
                .filter(effect -> !(effect instanceof CallMissed missed) || !answered.contains(missed.callId()))
                .toList();
    }

    static boolean isMissed(Call call) {
        return call.isMissed() && !call.isLeg();
    }

    private static @Nullable ContactFromCall contact(@Nullable Call before, Call after) {
        String phone = contactNumber(after);
        if (phone == null) {
            return null;
        }
        Call same = before != null && phone.equals(contactNumber(before)) ? before : null;
        String name = changed(
                same == null ? null : same.report().get(ReportField.CUSTOMER_NAME),
                after.report().get(ReportField.CUSTOMER_NAME));
        Instant contactedAt = changed(same == null ? null : lastContact(same), lastContact(after));
        LeadScore score = changed(
                same == null ? null : same.report().get(ReportField.LEAD_SCORE),
                after.report().get(ReportField.LEAD_SCORE));
        return same != null && name == null && contactedAt == null && score == null
                ? null
                : new ContactFromCall(
                        key(after.id(), phone, name, contactedAt, score), phone, name, contactedAt, score);
    }

    /** Null before the other side is rung, and for legs: their other side is often the organization itself. */
    private static @Nullable String contactNumber(Call call) {
        return call.state().isReached() && !call.isLeg() ? call.counterpart() : null;
    }

    private static @Nullable Instant lastContact(Call call) {
        Instant ended = call.times().ended();
        return call.state() == CallState.ENDED && ended != null
                ? ended
                : call.times().started();
    }

    private static <T> @Nullable T changed(@Nullable T before, @Nullable T after) {
        return Objects.equals(before, after) ? null : after;
    }

    /** Includes a fingerprint of the content, since one call updates its contact several times, each with a key of its own. */
    private static String key(UUID callId, String phone, @Nullable Object... told) {
        StringBuilder text = new StringBuilder(phone);
        for (Object part : told) {
            text.append('\n').append(part);
        }
        UUID fingerprint = UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8));
        return callId + ":contact:" + fingerprint;
    }
}
