package io.switchboard.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class VapiDeliveryTest {
    private final VapiDelivery delivery =
            new VapiDelivery(URI.create("http://127.0.0.1:8083/webhooks/vapi/1"), "secret");

    @Test
    void time_and_body_are_signed_as_vapi_signs_them() throws GeneralSecurityException {
        String request = request();
        String body = request.substring(request.indexOf("\r\n\r\n") + 4);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("secret".getBytes(UTF_8), "HmacSHA256"));
        String signature =
                HexFormat.of().formatHex(mac.doFinal((header(request, "X-Timestamp") + "." + body).getBytes(UTF_8)));
        assertEquals(signature, header(request, "X-Signature"));
        assertEquals(Integer.toString(body.getBytes(UTF_8).length), header(request, "Content-Length"));
        assertTrue(request.startsWith("POST /webhooks/vapi/1 HTTP/1.1\r\nHost: 127.0.0.1:8083\r\n"), request);
    }

    @Test
    void every_delivery_is_of_another_call() {
        String first = callId(request());
        assertNotEquals(first, callId(request()));
        assertEquals(36, first.length());
    }

    private String request() {
        ByteBuffer out = ByteBuffer.allocate(16_384);
        delivery.write(out);
        return new String(out.array(), 0, out.position(), UTF_8);
    }

    private static String header(String request, String name) {
        return request.replaceFirst("(?s).*\r\n" + name + ": ([^\r]*)\r\n.*", "$1");
    }

    private static String callId(String request) {
        return request.replaceFirst("(?s).*\"call\": \\{\\s*\"id\": \"([^\"]*)\".*", "$1");
    }
}
