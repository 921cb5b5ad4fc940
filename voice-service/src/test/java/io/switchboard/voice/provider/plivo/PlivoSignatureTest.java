package io.switchboard.voice.provider.plivo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.switchboard.voice.provider.Fixtures;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.Signature;
import io.switchboard.voice.signature.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Plivo signs, beyond the shared vectors: queries, repeated names, lists of signatures, the older version. */
class PlivoSignatureTest {
    private static final String V3 = "X-Plivo-Signature-V3";
    private static final String URL = "https://voice.example.com:8443/webhooks/plivo/acme";
    private static final byte[] KEY = bytes("token");

    private final Plivo plivo = new Plivo();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "POST | ''       | b=2&a=1     | ?a1b2",
                "POST | ''       | a=y&a=x&a=x | ?axaxay",
                "POST | ''       | a=&b        | ?ab",
                "POST | ?v=1     | a=1         | ?v=1.a1",
                "POST | ?w=2&v=1 | a=1         | ?v=1&w=2.a1",
                "POST | ?v=1     | ''          | ?v=1",
                "POST | ''       | ''          | ''",
                "POST | ?v=a%20b | a=%C3%A4+b  | ?v=a b.aä b",
                "GET  | ?b=2&a=1 | ''          | ?a=1&b=2",
                "GET  | ?a=2&a=1 | ''          | ?a=1&a=2",
                "GET  | ''       | ''          | ''",
                "GET  | ?a=1     | b=2         | ?a=1"
            })
    void url_and_parameters_are_signed_in_order(String method, String query, String body, String signed) {
        String signature = signature(URL + signed + ".n1");
        assertEquals(Verdict.CURRENT, verdict(method, query, body, Map.of(V3, signature, V3 + "-Nonce", "n1")));
        assertEquals(Verdict.REFUSED, verdict(method, query, body, Map.of(V3, signature, V3 + "-Nonce", "n2")));
        assertEquals(Verdict.REFUSED, verdict(method, query, body, Map.of(V3, signature)));
        assertEquals(Verdict.REFUSED, verdict(method, query + "x", body, Map.of(V3, signature, V3 + "-Nonce", "n1")));
    }

    @Test
    void one_of_several_signatures_is_enough() {
        String signature = signature(URL + "?a1.n1");
        for (String listed : new String[] {"x," + signature, signature + ", y", " " + signature + " ,,"}) {
            assertEquals(Verdict.CURRENT, verdict("POST", "", "a=1", Map.of(V3, listed, V3 + "-Nonce", "n1")), listed);
        }
        assertEquals(
                Verdict.CURRENT,
                verdict("POST", "", "a=1", Map.of(V3, "x", "X-Plivo-Signature-Ma-V3", signature, V3 + "-Nonce", "n1")),
                "by the main account's token");
    }

    /** It covers neither body nor query. */
    @Test
    void the_second_version_vouches_for_nothing_but_the_url() {
        Map<String, String> headers =
                Map.of("X-Plivo-Signature-V2", signature(URL + "n1"), "X-Plivo-Signature-V2-Nonce", "n1");
        assertEquals(Verdict.CURRENT, verdict("POST", "", "", headers));
        assertEquals(Verdict.REFUSED, verdict("POST", "", "CallUUID=c", headers));
        assertEquals(Verdict.REFUSED, verdict("GET", "?CallUUID=c", "", headers));
    }

    @Test
    void a_wrong_signature_of_the_third_version_is_not_made_up_for() {
        Map<String, String> headers = Map.of(
                V3,
                "x",
                V3 + "-Nonce",
                "n1",
                "X-Plivo-Signature-V2",
                signature(URL + "n1"),
                "X-Plivo-Signature-V2-Nonce",
                "n1");
        assertEquals(Verdict.REFUSED, verdict("POST", "", "", headers));
    }

    @Test
    void more_than_300_fields_are_not_parsed_to_find_out() {
        String fields = "a=&".repeat(299);
        String signed = "?" + "a".repeat(299) + "b1";
        Map<String, String> headers = Map.of(V3, signature(URL + signed + ".n1"), V3 + "-Nonce", "n1");
        assertEquals(Verdict.CURRENT, verdict("POST", "", fields + "b=1", headers));
        assertEquals(Verdict.REFUSED, verdict("POST", "", "a=&" + fields + "b=1", headers));
    }

    private Verdict verdict(String method, String query, String body, Map<String, String> headers) {
        Delivery delivery = Fixtures.delivery(method, URL + query, bytes(body), headers);
        return Fixtures.verdict(plivo, delivery, Instant.now(), KEY);
    }

    private static String signature(String signed) {
        return Base64.getEncoder().encodeToString(Signature.hmac("HmacSHA256", KEY, bytes(signed)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
