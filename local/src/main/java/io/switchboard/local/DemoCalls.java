package io.switchboard.local;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Two calls, with fresh ids of their own in each run: a missed one, and one that an assistant answered and put through. Of that one
 * the voice platform tells, and the carrier beneath it, too.
 */
final class DemoCalls {
    static final String OFFICE = "+15555550100";
    static final String CALLER = "+15555550142";
    static final String MISSED_CALLER = "+15555550177";
    static final String SURGERY = "+15555550110";

    private final String answeredId = UUID.randomUUID().toString();
    private final String missedId = "CA" + DemoTenant.random(16);
    private final Map<String, String> values = new HashMap<>();

    DemoCalls() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Instant started = now.minusSeconds(30);
        values.put("callId", answeredId);
        values.put("callSid", "CA" + DemoTenant.random(16));
        values.put("dialledSid", "CA" + DemoTenant.random(16));
        values.put("missedSid", missedId);
        values.put("accountSid", "AC" + DemoTenant.random(16));
        values.put("office", OFFICE);
        values.put("surgery", SURGERY);
        values.put("caller", CALLER);
        values.put("missedCaller", MISSED_CALLER);
        values.put("createdAt", started.minusSeconds(3).toString());
        values.put("startedAt", started.toString());
        values.put("endedAt", now.minusSeconds(7).toString());
        values.put("ringingMillis", Long.toString(started.minusSeconds(3).toEpochMilli()));
        values.put("startedMillis", Long.toString(started.toEpochMilli()));
        values.put("endedMillis", Long.toString(now.minusSeconds(7).toEpochMilli()));
        values.put("reportMillis", Long.toString(now.toEpochMilli()));
        values.put(
                "twilioTime",
                DateTimeFormatter.RFC_1123_DATE_TIME
                        .format(now.atOffset(ZoneOffset.UTC))
                        .replace("GMT", "+0000"));
    }

    String answeredId() {
        return answeredId;
    }

    String missedId() {
        return missedId;
    }

    /** In the order in which they happen; the report is the last of them. */
    List<SampleDelivery> answered() {
        Map<String, String> carrier = new HashMap<>(values);
        carrier.put("missedSid", values.get("callSid"));
        carrier.put("missedCaller", CALLER);
        return List.of(
                SampleDelivery.twilio("incoming call", "twilio-incoming", carrier),
                SampleDelivery.vapi("status-update ringing", "vapi-ringing", values),
                SampleDelivery.vapi("status-update in-progress", "vapi-in-progress", values),
                SampleDelivery.twilio("dialled, completed", "twilio-dialled", values),
                SampleDelivery.twilio("status completed", "twilio-completed", values),
                SampleDelivery.vapi("status-update ended", "vapi-ended", values),
                SampleDelivery.vapi("end-of-call-report", "vapi-end-of-call-report", values));
    }

    List<SampleDelivery> missed() {
        return List.of(
                SampleDelivery.twilio("incoming call", "twilio-incoming", values),
                SampleDelivery.twilio("status no-answer", "twilio-no-answer", values));
    }
}
