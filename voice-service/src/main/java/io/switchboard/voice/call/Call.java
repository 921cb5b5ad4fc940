package io.switchboard.voice.call;

import io.switchboard.kit.phone.PhoneNumbers;
import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.CallTimes;
import io.switchboard.voice.callevent.CallTimes.Moment;
import io.switchboard.voice.callevent.Parties;
import io.switchboard.voice.callevent.Report;
import io.switchboard.voice.callevent.ReportField;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call as its events tell it. The same events make the same call in any order and with any repeats: of each field the
 * weightiest value is kept, and the state only goes on.
 *
 * @param answered null while unknown
 * @param fromE164 null when {@code parties.from} is no telephone number
 * @param transcript the weightiest one that was told since the call was read; null when none was
 * @param report its duration is the provider's, else from answer to end, and 0 for a call that was not answered
 * @param evidence the weight of each field's value
 * @param erased whether everything about a person was removed; then later events add states, times and figures only
 */
public record Call(
        UUID id,
        String provider,
        String providerCallId,
        CallState state,
        @Nullable Boolean answered,
        Parties parties,
        @Nullable String fromE164,
        @Nullable String toE164,
        Times times,
        Report report,
        @Nullable Transcript transcript,
        Map<String, String> metadata,
        Map<String, Long> evidence,
        boolean erased) {

    /** When it started, was answered and ended, as far as known. */
    public record Times(
            @Nullable Instant started,
            @Nullable Instant answered,
            @Nullable Instant ended) {}

    /** A new call, from its first event. */
    public static Call first(UUID id, CallEvent event, String region) {
        return new Call(
                        id,
                        event.provider(),
                        event.callId(),
                        CallState.UNKNOWN,
                        null,
                        Parties.UNKNOWN,
                        null,
                        null,
                        new Times(null, null, null),
                        Report.NONE,
                        null,
                        Map.of(),
                        Map.of(),
                        false)
                .after(event, region);
    }

    /**
     * The call with this event applied; equal to the call before if the event tells nothing new.
     *
     * @param region for numbers without a country code
     */
    public Call after(CallEvent event, String region) {
        FieldRanks weighed = new FieldRanks(evidence);
        CallState reported = event.status() == null ? CallState.UNKNOWN : event.status();
        CallState next = state.then(reported);
        Boolean taken = settled(settled(answered, event.answered()), reported.answered());
        Parties who = parties(weighed, event);
        Times when = times(weighed, event.times());
        Report known = next == CallState.UNKNOWN ? report : GivenUp.forget(report);
        Report told = report(known, weighed, event, seconds(next, taken, when));
        Map<String, String> more = metadata(weighed, event);
        Call changed = new Call(
                id,
                provider,
                providerCallId,
                next,
                taken,
                who,
                PhoneNumbers.e164(who.from(), region),
                PhoneNumbers.e164(who.to(), region),
                when,
                told,
                Transcript.weightier(transcript, event),
                more,
                weighed.weights(),
                erased);
        return erased ? changed.withoutPerson() : changed;
    }

    /** As the SQL function {@code erase_calls} leaves it. */
    Call withoutPerson() {
        Parties nobody = new Parties(parties.direction(), null, null);
        return new Call(
                id,
                provider,
                providerCallId,
                state,
                answered,
                nobody,
                null,
                null,
                times,
                report.figures(),
                null,
                Map.of(),
                evidence,
                true);
    }

    /** Whether its row is the same; its transcript has a row of its own. */
    boolean isSameBesideTranscript(Call other) {
        return equals(other.with(transcript));
    }

    private Call with(@Nullable Transcript words) {
        return with(words, evidence);
    }

    Call withEvidence(Map<String, Long> weights) {
        return with(transcript, Map.copyOf(weights));
    }

    private Call with(@Nullable Transcript words, Map<String, Long> weights) {
        return new Call(
                id,
                provider,
                providerCallId,
                state,
                answered,
                parties,
                fromE164,
                toE164,
                times,
                report,
                words,
                metadata,
                weights,
                erased);
    }

    /** The other party's number, E.164; null when it is withheld or missing. */
    public @Nullable String counterpart() {
        return parties.direction() == CallDirection.OUTBOUND ? toE164 : fromE164;
    }

    /** An inbound call that was not answered. */
    public boolean isMissed() {
        return state == CallState.ENDED
                && Boolean.FALSE.equals(answered)
                && parties.direction() == CallDirection.INBOUND;
    }

    /** A leg of another call, which represents the whole. */
    public boolean isLeg() {
        return report.get(ReportField.PARENT_CALL_ID) != null;
    }

    /** One proof of an answer is final; "not answered" holds until there is one. */
    private static @Nullable Boolean settled(@Nullable Boolean known, @Nullable Boolean reported) {
        return known == null || Boolean.TRUE.equals(reported) ? reported == null ? known : reported : known;
    }

    /** The most complete parties are kept. */
    private Parties parties(FieldRanks weighed, CallEvent event) {
        Parties reported = event.parties();
        long weight = reported.completeness() * 8 * CallEvent.SPAN + event.rankBesideTranscript();
        Parties known = parties.completeness() == 0 ? null : parties;
        Parties kept = weighed.keep("parties", known, reported.completeness() == 0 ? null : reported, weight);
        return kept == null ? Parties.UNKNOWN : kept;
    }

    private Times times(FieldRanks weighed, CallTimes reported) {
        return new Times(
                earliest(weighed, "startedAt", times.started, reported.started()),
                earliest(weighed, "answeredAt", times.answered, reported.answered()),
                earliest(weighed, "endedAt", times.ended, reported.ended()));
    }

    /** The best known, and the earliest of those known equally well. */
    private static @Nullable Instant earliest(
            FieldRanks weighed, String field, @Nullable Instant known, @Nullable Moment reported) {
        return reported == null
                ? known
                : weighed.keep(
                        field,
                        known,
                        reported.at().truncatedTo(ChronoUnit.MICROS), // as fine as the database keeps it
                        reported.basis().ordinal());
    }

    private static @Nullable Integer seconds(CallState state, @Nullable Boolean answered, Times times) {
        if (state != CallState.ENDED || answered == null) {
            return null;
        }
        if (!answered || times.answered == null || times.ended == null) {
            return answered ? null : Integer.valueOf(0);
        }
        long seconds = Math.max(0, Duration.between(times.answered, times.ended).toSeconds());
        return seconds > Report.MOST_SECONDS ? null : Integer.valueOf((int) seconds);
    }

    private static Report report(Report known, FieldRanks weighed, CallEvent event, @Nullable Integer counted) {
        boolean isStated = weighed.has(ReportField.DURATION_SECONDS.name());
        Report merged = isStated ? known : known.with(ReportField.DURATION_SECONDS, null);
        for (ReportField<?> field : ReportField.ALL) {
            merged = merged(merged, field, weighed, event);
        }
        return merged.get(ReportField.DURATION_SECONDS) == null
                ? merged.with(ReportField.DURATION_SECONDS, counted)
                : merged;
    }

    private static <T extends Comparable<? super T>> Report merged(
            Report known, ReportField<T> field, FieldRanks weighed, CallEvent event) {
        T reported = event.report().get(field);
        return reported == null
                ? known
                : known.with(
                        field, weighed.keep(field.name(), known.get(field), reported, event.rankBesideTranscript()));
    }

    private Map<String, String> metadata(FieldRanks weighed, CallEvent event) {
        Map<String, String> kept = new TreeMap<>(metadata);
        event.metadata().forEach((name, reported) -> {
            String value = weighed.keep("metadata." + name, kept.get(name), reported, event.rankBesideTranscript());
            if (value != null) {
                kept.put(name, value);
            }
        });
        return Map.copyOf(kept);
    }
}
