package io.switchboard.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ProviderDeliveryTest {
    private static final String SECRET = "whsec_c2VjcmV0";

    @Test
    void time_and_body_are_signed_as_vapi_signs_them() throws GeneralSecurityException {
        String request = request("vapi");
        String signature =
                HexFormat.of().formatHex(mac("HmacSHA256", header(request, "X-Timestamp") + "." + body(request)));
        assertEquals(signature, header(request, "X-Signature"));
        assertTrue(request.startsWith("POST /webhooks/vapi/1 HTTP/1.1\r\nHost: 127.0.0.1:8083\r\n"), request);
    }

    /** https://www.twilio.com/docs/usage/security#validating-requests: names and values, decoded, in the order of the names. */
    @Test
    void a_form_is_signed_as_twilio_signs_it() throws GeneralSecurityException {
        String request = request("twilio");
        String call = body(request).replaceFirst(".*CallSid=(CA\\p{XDigit}{32}).*", "$1");
        String signed = "http://127.0.0.1:8083/webhooks/twilio/1AccountSidAC6e305a4e126bc918901575a9d69a5dec"
                + "ApiVersion2010-04-01CallDuration49CallSid" + call
                + "CallStatuscompletedCallbackSourcecall-progress-eventsCalled+15555550177"
                + "CalledCityCalledCountryUSCalledStateCalledZipCaller+15555550100CallerCityCallerCountryUSCallerState"
                + "CallerZipDirectionoutbound-apiDuration1From+15555550100FromCity"
                + "FromCountryUSFromStateFromZipRecordingDuration47RecordingSidRE" + call.substring(2)
                + "RecordingUrlhttps://api.twilio.com/2010-04-01/Accounts/AC6e305a4e126bc918901575a9d69a5dec/Recordings/RE"
                + call.substring(2) + "SequenceNumber3SipResponseCode200TimestampMon, 01 Jun 2026 13:10:58 +0000"
                + "To+15555550177ToCityToCountryUSToStateToZip";
        assertEquals(
                Base64.getEncoder().encodeToString(mac("HmacSHA1", signed)), header(request, "X-Twilio-Signature"));
    }

    @Test
    void every_delivery_is_of_another_call() {
        for (String provider : ProviderDelivery.PROVIDERS) {
            String request = request(provider);
            assertNotEquals(body(request), body(request(provider)), provider);
            assertFalse(request.contains("{{"), request);
            assertEquals(Integer.toString(body(request).getBytes(UTF_8).length), header(request, "Content-Length"));
        }
    }

    private static String request(String provider) {
        ByteBuffer out = ByteBuffer.allocate(16_384);
        URI url = URI.create("http://127.0.0.1:8083/webhooks/" + provider + "/1");
        new ProviderDelivery(provider, url, new DeliverySignature(SECRET)).write(out);
        return new String(out.array(), 0, out.position(), UTF_8);
    }

    private static byte[] mac(String algorithm, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), algorithm));
        return mac.doFinal(text.getBytes(UTF_8));
    }

    private static String body(String request) {
        return request.substring(request.indexOf("\r\n\r\n") + 4);
    }

    private static String header(String request, String name) {
        return request.replaceFirst("(?s).*\r\n" + name + ": ([^\r]*)\r\n.*", "$1");
    }
}
