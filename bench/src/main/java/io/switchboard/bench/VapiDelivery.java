package io.switchboard.bench;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Status updates as Vapi delivers them to one endpoint: every one of another call, signed with a time (HMAC-SHA256). */
final class VapiDelivery {
    private static final String CALL_ID = "00000000-0000-4000-8000-000000000000";
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] head;
    private final byte[] body = sample().getBytes(StandardCharsets.UTF_8);
    private final int[] callIds = placesOf(CALL_ID, sample());
    private final byte[] callId = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    private final Mac mac;
    private long calls;

    VapiDelivery(URI url, String secret) {
        head = ("POST " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        mac = mac(secret);
    }

    /** The body, of a call that is always the same. */
    static String sample() {
        return Script.of("vapi-status-update.json", Map.of("callId", CALL_ID));
    }

    void write(ByteBuffer out) {
        number(calls++);
        for (int place : callIds) {
            System.arraycopy(callId, 0, body, place, callId.length);
        }
        byte[] time = Long.toString(System.currentTimeMillis() / 1_000).getBytes(StandardCharsets.US_ASCII);
        mac.update(time);
        mac.update((byte) '.');
        byte[] signature = mac.doFinal(body);
        out.put(head);
        out.put(TIME).put(time).put(SIGNATURE);
        for (byte one : signature) {
            out.put(HEX[one >> 4 & 15]).put(HEX[one & 15]);
        }
        out.put(END).put(body);
    }

    private static final byte[] TIME = "X-Timestamp: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SIGNATURE = "\r\nX-Signature: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Counts up in the first eight digits; the others are this endpoint's own. */
    private void number(long number) {
        for (int i = 0; i < 8; i++) {
            callId[i] = HEX[(int) (number >>> 4 * i) & 15];
        }
    }

    private static int[] placesOf(String text, String in) {
        int[] places = new int[in.length()];
        int found = 0;
        for (int at = in.indexOf(text); at >= 0; at = in.indexOf(text, at + 1)) {
            places[found++] = at; // all of it is ASCII: a character is a byte
        }
        return Arrays.copyOf(places, found);
    }

    private static Mac mac(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
