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

    private final String missedId = "CA" + DemoTenant.random(16);
    private final Map<String, String> values;

    DemoCalls() {
        Instant ended = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(180);
        values = ofVapi(OFFICE, ended.minusSeconds(23), ended);
        values.put("dialledSid", "CA" + DemoTenant.random(16));
        values.put("missedSid", missedId);
        values.put("surgery", SURGERY);
        values.put("missedCaller", MISSED_CALLER);
        values.put(
                "twilioTime",
                DateTimeFormatter.RFC_1123_DATE_TIME
                        .format(ended.atOffset(ZoneOffset.UTC))
                        .replace("GMT", "+0000"));
    }

    /** What fills Vapi's samples for a call to one of the organization's numbers, under ids of its own. */
    static Map<String, String> ofVapi(String number, Instant started, Instant ended) {
        Map<String, String> values = new HashMap<>();
        values.put("callId", UUID.randomUUID().toString());
        values.put("callSid", "CA" + DemoTenant.random(16));
        values.put("accountSid", "AC" + DemoTenant.random(16));
        values.put("office", number);
        values.put("caller", CALLER);
        values.put("createdAt", started.minusSeconds(3).toString());
        values.put("startedAt", started.toString());
        values.put("endedAt", ended.toString());
        values.put("ringingMillis", Long.toString(started.minusSeconds(3).toEpochMilli()));
        values.put("startedMillis", Long.toString(started.toEpochMilli()));
        values.put("endedMillis", Long.toString(ended.toEpochMilli()));
        values.put("reportMillis", Long.toString(ended.plusSeconds(7).toEpochMilli()));
        return values;
    }

    String answeredId() {
        return values.get("callId");
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
