package io.switchboard.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A webhook endpoint as its provider knows it: where to deliver, and the secret that proves who does. */
record DemoEndpoint(Api anonymous, String url, String secret) {

    static DemoEndpoint add(DemoTenant tenant, Api anonymous, String provider) {
        JsonNode endpoint = tenant.api()
                .post(Service.VOICE, "/api/webhook-endpoints", Map.of("provider", provider, "label", "Front desk"));
        return new DemoEndpoint(
                anonymous,
                endpoint.path("url").asText(),
                endpoint.path("secret").asText());
    }

    /** Signs it as its provider does; fails unless it is taken. */
    Api.Answer deliver(SampleDelivery delivery) {
        return deliver(delivery, UUID.randomUUID().toString());
    }

    /** The same under an id that tries of one request may share. */
    Api.Answer deliver(SampleDelivery delivery, String requestId) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Request-Id", requestId);
        if (delivery.provider().equals("twilio")) {
            headers.put("X-Twilio-Signature", Signature.twilio(secret, url, delivery.parameters()));
            headers.put("I-Twilio-Idempotency-Token", UUID.randomUUID().toString());
        } else {
            headers.put("X-Vapi-Secret", secret);
        }
        return anonymous.deliver(url, delivery, headers);
    }
}
