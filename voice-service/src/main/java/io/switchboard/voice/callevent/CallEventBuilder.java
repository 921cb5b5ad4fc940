package io.switchboard.voice.callevent;

import io.switchboard.voice.callevent.CallEvent.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what an event tells about its call. */
public final class CallEventBuilder {
    private final String provider;
    private final String callId;
    private final Kind kind;
    private final Instant at;
    private @Nullable CallState status;
    private @Nullable Boolean answered;
    private Parties parties = Parties.UNKNOWN;
    private CallTimes times = CallTimes.UNKNOWN;
    private Report report = Report.NONE;
    private @Nullable String transcript;
    private List<TranscriptFragment> fragments = List.of();
    private List<CallKey> keys = List.of();
    private Map<String, String> metadata = Map.of();
    private int revision = 1;

    CallEventBuilder(String provider, String callId, Kind kind, Instant at) {
        this.provider = provider;
        this.callId = callId;
        this.kind = kind;
        this.at = at;
    }

    public CallEventBuilder status(@Nullable CallState told) {
        status = told;
        return this;
    }

    public CallEventBuilder answered(@Nullable Boolean told) {
        answered = told;
        return this;
    }

    public CallEventBuilder parties(Parties told) {
        parties = told;
        return this;
    }

    public CallEventBuilder times(CallTimes told) {
        times = told;
        return this;
    }

    public CallEventBuilder report(Report told) {
        report = told;
        return this;
    }

    public CallEventBuilder transcript(@Nullable String told) {
        transcript = told;
        return this;
    }

    public CallEventBuilder fragments(List<TranscriptFragment> told) {
        fragments = List.copyOf(told);
        return this;
    }

    public CallEventBuilder keys(List<CallKey> told) {
        keys = List.copyOf(told);
        return this;
    }

    public CallEventBuilder metadata(Map<String, String> told) {
        metadata = Map.copyOf(told);
        return this;
    }

    /** 1 unless it is said. */
    public CallEventBuilder revision(int number) {
        revision = number;
        return this;
    }

    public CallEvent build() {
        return new CallEvent(
                provider,
                callId,
                kind,
                status,
                answered,
                parties,
                times,
                report,
                transcript,
                fragments,
                keys,
                metadata,
                at,
                revision);
    }
}
