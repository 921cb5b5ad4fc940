package io.switchboard.voice;

import io.switchboard.voice.provider.Fixtures;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** A call with fresh ids and phone number, and the deliveries of it that providers send. */
public record SampleCall(String id, String caller) {
    private static final String SAMPLE_ID = "80e67583-7388-58b5-b794-0c94727f8a0d";
    private static final String SAMPLE_CARRIER_ID = "CAb186b2bdaa472901efe3234957a9332d";
    private static final String SAMPLE_CALLER = "+15555550142";

    public static SampleCall create() {
        return new SampleCall(
                UUID.randomUUID().toString(),
                "+1555" + ThreadLocalRandom.current().nextInt(2000000, 9999999));
    }

    /** The id of the carrier beneath Vapi, as Vapi names it. */
    public String carrierId() {
        return "CA" + id.replace("-", "");
    }

    /** Vapi's sample of the name, as of this call. */
    public String vapi(String sample) {
        return Fixtures.text("vapi/" + sample + ".json")
                .replace(SAMPLE_ID, id)
                .replace(SAMPLE_CARRIER_ID, carrierId())
                .replace(SAMPLE_CALLER, caller)
                .replace("+15555550177", caller);
    }

    /** Twilio's status callback of an inbound call. */
    public Map<String, String> twilio(String status, int sequence) {
        return twilio(id, status, sequence);
    }

    /** The same of the carrier beneath Vapi. */
    public Map<String, String> carrier(String status, int sequence) {
        return twilio(carrierId(), status, sequence);
    }

    private Map<String, String> twilio(String sid, String status, int sequence) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("CallSid", sid);
        parameters.put("AccountSid", "AC6e305a4e126bc918901575a9d69a5dec");
        parameters.put("CallStatus", status);
        parameters.put("Direction", "inbound");
        parameters.put("From", caller);
        parameters.put("To", "+15555550100");
        parameters.put("CallbackSource", "call-progress-events");
        parameters.put("SequenceNumber", Integer.toString(sequence));
        parameters.put("Timestamp", "Mon, 01 Jun 2026 13:20:3%d +0000".formatted(sequence));
        return parameters;
    }
}
