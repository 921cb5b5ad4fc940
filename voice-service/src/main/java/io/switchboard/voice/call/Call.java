package io.switchboard.voice.call;

import io.switchboard.kit.phone.PhoneNumbers;
import io.switchboard.voice.provider.CallDirection;
import io.switchboard.voice.provider.CallEvent;
import io.switchboard.voice.provider.CallState;
import io.switchboard.voice.provider.CallTimes;
import io.switchboard.voice.provider.CallTimes.Moment;
import io.switchboard.voice.provider.Parties;
import io.switchboard.voice.provider.Report;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call as far as its events tell. The same events end in the same call whatever their order and however often each
 * of them comes: of every field the weightiest word stands, and the state only goes on.
 *
 * @param answered null while nothing settles it
 * @param fromE164 null where {@code parties.from} is no telephone number
 * @param report its duration is the provider's, else from answer to end, and 0 of a call that was not taken
 * @param evidence the weight of the words that stand, by field
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
        Map<String, String> metadata,
        Map<String, Long> evidence) {

    /** When it started, was answered and ended, as well as is known. */
    public record Times(
            @Nullable Instant started,
            @Nullable Instant answered,
            @Nullable Instant ended) {}

    /** A call that has just been heard of for the first time. */
    public static Call first(UUID id, CallEvent event, String region) {
        Report nothing = new Report(null, null, null, null, null, null, null, null, null, null, null);
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
                        nothing,
                        Map.of(),
                        Map.of())
                .after(event, region);
    }

    /**
     * What the call is after this event too; equal to what it was when the event tells nothing new.
     *
     * @param region of numbers without a country code
     */
    public Call after(CallEvent event, String region) {
        FieldRanks weighed = new FieldRanks(evidence);
        CallState heard = event.status() == null ? CallState.UNKNOWN : event.status();
        CallState next = state.then(heard);
        Boolean taken = settled(settled(answered, event.answered()), heard.answered());
        Parties who = parties(weighed, event);
        Times when = times(weighed, event.moments());
        Report told = report(weighed, event, seconds(next, taken, when));
        Map<String, String> more = metadata(weighed, event);
        return new Call(
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
                more,
                weighed.weights());
    }

    /** The number of whoever is not the organization; null where it is withheld or none. */
    public @Nullable String counterpart() {
        return parties.direction() == CallDirection.OUTBOUND ? toE164 : fromE164;
    }

    /** Somebody rang and nobody took it. */
    public boolean missed() {
        return state == CallState.ENDED
                && Boolean.FALSE.equals(answered)
                && parties.direction() == CallDirection.INBOUND;
    }

    /** One leg of another call, which stands for the whole. */
    public boolean isLeg() {
        return report.parentCallId() != null;
    }

    /** That it was taken is proved for good by anything; that it was not, only as long as nothing proves otherwise. */
    private static @Nullable Boolean settled(@Nullable Boolean known, @Nullable Boolean heard) {
        return known == null || Boolean.TRUE.equals(heard) ? heard == null ? known : heard : known;
    }

    /** The most complete word stands. */
    private Parties parties(FieldRanks weighed, CallEvent event) {
        Parties heard = event.parties();
        long weight = heard.completeness() * 8 * CallEvent.SPAN + event.rank();
        Parties known = parties.completeness() == 0 ? null : parties;
        Parties kept = weighed.keep("parties", known, heard.completeness() == 0 ? null : heard, weight);
        return kept == null ? Parties.UNKNOWN : kept;
    }

    private Times times(FieldRanks weighed, CallTimes heard) {
        return new Times(
                earliest(weighed, "startedAt", times.started, heard.started()),
                earliest(weighed, "answeredAt", times.answered, heard.answered()),
                earliest(weighed, "endedAt", times.ended, heard.ended()));
    }

    /** The best known, and the earliest of those known equally well. */
    private static @Nullable Instant earliest(
            FieldRanks weighed, String field, @Nullable Instant known, @Nullable Moment heard) {
        return heard == null
                ? known
                : weighed.keep(
                        field,
                        known,
                        heard.at().truncatedTo(ChronoUnit.MICROS), // as fine as the database keeps it
                        heard.basis().ordinal());
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

    private Report report(FieldRanks weighed, CallEvent event, @Nullable Integer counted) {
        Report heard = event.report();
        long rank = event.rank();
        Integer known = weighed.has("durationSeconds") ? report.durationSeconds() : null;
        Integer stated = weighed.keep("durationSeconds", known, heard.durationSeconds(), rank);
        return new Report(
                weighed.keep("endedReason", report.endedReason(), heard.endedReason(), rank),
                stated == null ? counted : stated,
                weighed.keep("cost", report.cost(), heard.cost(), rank),
                weighed.keep("transcript", report.transcript(), heard.transcript(), rank),
                weighed.keep("summary", report.summary(), heard.summary(), rank),
                weighed.keep("successEvaluation", report.successEvaluation(), heard.successEvaluation(), rank),
                weighed.keep("recordingUrl", report.recordingUrl(), heard.recordingUrl(), rank),
                weighed.keep("customerName", report.customerName(), heard.customerName(), rank),
                weighed.keep("leadScore", report.leadScore(), heard.leadScore(), rank),
                weighed.keep("carrierCallId", report.carrierCallId(), heard.carrierCallId(), rank),
                weighed.keep("parentCallId", report.parentCallId(), heard.parentCallId(), rank));
    }

    private Map<String, String> metadata(FieldRanks weighed, CallEvent event) {
        Map<String, String> kept = new TreeMap<>(metadata);
        event.metadata().forEach((name, heard) -> {
            String value = weighed.keep("metadata." + name, kept.get(name), heard, event.rank());
            if (value != null) {
                kept.put(name, value);
            }
        });
        return Map.copyOf(kept);
    }
}
