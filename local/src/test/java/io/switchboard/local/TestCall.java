package io.switchboard.local;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A call with a caller of its own: as Vapi reports an answered one, and as Twilio reports a missed one. */
final class TestCall {
    private static final AtomicInteger CALLERS = new AtomicInteger(1_000_000);

    final String caller = "+1555" + CALLERS.incrementAndGet();
    final String vapiId = UUID.randomUUID().toString();
    final String twilioSid = "CA" + DemoTenant.random(16);
    private final Map<String, String> values = new HashMap<>();

    TestCall() {
        values.put("callId", vapiId);
        values.put("callSid", "CA" + DemoTenant.random(16));
        values.put("missedSid", twilioSid);
        values.put("accountSid", "AC" + DemoTenant.random(16));
        values.put("office", DemoCalls.OFFICE);
        values.put("caller", caller);
        values.put("missedCaller", caller);
        var begun = Instant.parse("2026-06-01T13:00:00Z");
        values.put("createdAt", begun.toString());
        values.put("startedAt", begun.plusSeconds(3).toString());
        values.put("endedAt", begun.plusSeconds(26).toString());
        values.put("ringingMillis", Long.toString(begun.toEpochMilli()));
        values.put("startedMillis", Long.toString(begun.plusSeconds(3).toEpochMilli()));
        values.put("endedMillis", Long.toString(begun.plusSeconds(26).toEpochMilli()));
        values.put("reportMillis", Long.toString(begun.plusSeconds(40).toEpochMilli()));
        values.put("twilioTime", "Mon, 01 Jun 2026 13:00:31 +0000");
    }

    /** A delivery that is signed when it is sent. */
    record Signed(SampleDelivery delivery) {
        /** @param url the endpoint's, which is signed @param to where it goes: the same on one of the replicas */
        int send(Api nobody, String url, String to, String secret) {
            var headers = new LinkedHashMap<String, String>();
            if (delivery.provider().equals("twilio")) {
                headers.put("X-Twilio-Signature", Signature.twilio(secret, url, delivery.parameters()));
            } else {
                headers.put("X-Vapi-Secret", secret);
            }
            return nobody.deliver(to, delivery, headers).status();
        }
    }

    /** All that its providers send, in order. */
    List<Signed> everything() {
        return Stream.concat(statuses().stream(), Stream.of(report(), missed())).toList();
    }

    Signed report() {
        return new Signed(SampleDelivery.vapi("end-of-call-report", "vapi-end-of-call-report", values));
    }

    /** Ringing, in progress, ended: in the order in which they happen. */
    List<Signed> statuses() {
        return List.of(
                new Signed(SampleDelivery.vapi("ringing", "vapi-ringing", values)),
                new Signed(SampleDelivery.vapi("in-progress", "vapi-in-progress", values)),
                new Signed(SampleDelivery.vapi("ended", "vapi-ended", values)));
    }

    Signed missed() {
        return new Signed(SampleDelivery.twilio("status no-answer", "twilio-no-answer", values));
    }
}
