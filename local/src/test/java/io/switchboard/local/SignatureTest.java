package io.switchboard.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignatureTest {

    @Test
    void twilio_s_documented_example_comes_out() {
        Map<String, String> parameters = Map.of(
                "Digits", "1234",
                "CallSid", "CA1234567890ABCDE",
                "To", "+18005551212",
                "Caller", "+14158675309",
                "From", "+14158675309");
        assertEquals(
                "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
                Signature.twilio("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", parameters));
    }

    @Test
    void letters_beyond_ascii_and_empty_values_are_signed_as_they_are() {
        String url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        Map<String, String> special = Map.of(
                "Message", "Hello & goodbye! @#$%^*()",
                "From", "+1 (415) 867-5309",
                "Special", "unicode: \u00f1\u00e1\u00e9\u00ed\u00f3\u00fa");
        assertEquals("dCPiR4WtQ6QFN6pJh81CtlCcWLQ=", Signature.twilio("12345", url, special));
        Map<String, String> empty = Map.of("Digits", "", "CallSid", "CA1234567890ABCDE", "EmptyParam", "");
        assertEquals("9HHp/OqQMEwdrVebHDdA/+tqjX8=", Signature.twilio("12345", url, empty));
    }

    /** The example of Standard Webhooks' own documentation. */
    @Test
    void a_webhook_is_verified_by_any_of_its_signatures() {
        String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        String id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        String body = "{\"test\": 2432232314}";
        String right = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assertTrue(Signature.isOfWebhook(secret, id, "1614265330", body, right));
        assertTrue(Signature.isOfWebhook(secret, id, "1614265330", body, "v1,other= " + right));
        assertFalse(Signature.isOfWebhook(secret, id, "1614265331", body, right));
        assertFalse(Signature.isOfWebhook(secret, id, "1614265330", body + " ", right));
        assertFalse(Signature.isOfWebhook(null, id, "1614265330", body, right));
    }

    @Test
    void the_demo_s_calls_are_new_ones_in_each_run_and_whole() throws IOException {
        DemoCalls calls = new DemoCalls();
        List<SampleDelivery> ofTheAnsweredCall = calls.answered();
        List<SampleDelivery> platform = ofTheAnsweredCall.stream()
                .filter(one -> one.provider().equals("vapi"))
                .toList();
        List<SampleDelivery> carrier = ofTheAnsweredCall.stream()
                .filter(one -> one.provider().equals("twilio"))
                .toList();
        assertEquals(ofTheAnsweredCall.size(), platform.size() + carrier.size());
        String beneath = carrier.get(0).parameters().get("CallSid");
        for (SampleDelivery delivery : platform) {
            JsonNode message = new ObjectMapper().readTree(delivery.body()).path("message");
            assertEquals(calls.answeredId(), message.path("call").path("id").asText());
            assertTrue(message.path("timestamp").isNumber());
            assertEquals(
                    DemoCalls.CALLER, message.path("customer").path("number").asText());
            assertEquals(
                    beneath, message.path("call").path("phoneCallProviderId").asText());
        }
        for (SampleDelivery delivery : carrier) {
            // Whom the call is put through to has an id of its own, and names the call that it comes from.
            assertEquals(
                    beneath,
                    delivery.parameters()
                            .getOrDefault("ParentCallSid", delivery.parameters().get("CallSid")));
            assertEquals(DemoCalls.CALLER, delivery.parameters().get("From"));
        }
        for (SampleDelivery delivery : calls.missed()) {
            assertEquals(calls.missedId(), delivery.parameters().get("CallSid"));
            assertEquals("inbound", delivery.parameters().get("Direction"));
            assertTrue(new String(delivery.body(), StandardCharsets.UTF_8).contains("From=%2B15555550177"));
        }
        assertNotEquals(calls.answeredId(), new DemoCalls().answeredId());
        assertNotEquals(beneath, new DemoCalls().answered().get(0).parameters().get("CallSid"));
    }
}
