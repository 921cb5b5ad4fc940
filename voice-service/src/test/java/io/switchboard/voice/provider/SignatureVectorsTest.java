package io.switchboard.voice.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SignatureVectorsTest {
    private static final byte[] OTHER = "not this".getBytes(StandardCharsets.UTF_8);

    /** Headers that are no signature. */
    private static final Set<String> BESIDE = Set.of("x-timestamp", "I-Twilio-Idempotency-Token");

    /** How many seconds old, and how many early, a signature may be. */
    private static final Map<String, List<Integer>> WINDOWS =
            Map.of("retell", List.of(300, 300), "elevenlabs", List.of(1_800, 300));

    @Test
    void there_are_vectors_of_each_provider() {
        assertEquals(54, Fixtures.vectors("vapi").size());
        assertEquals(43, Fixtures.vectors("twilio").size());
        assertEquals(15, Fixtures.vectors("retell").size());
        assertEquals(4, Fixtures.vectors("elevenlabs").size());
    }

    @TestFactory
    Stream<DynamicTest> what_was_signed_verifies_and_nothing_else() {
        return Fixtures.providers().stream()
                .flatMap(provider -> Fixtures.vectors(provider.name()).stream())
                .map(Vector::new)
                .map(v -> dynamicTest(v.name(), v::check));
    }

    /** One vector, and every way to break it. */
    private record Vector(JsonNode json) {
        String name() {
            return json.path("name").asText() + " by " + json.path("mode").asText("signature");
        }

        void check() {
            boolean valid = json.path("valid").asBoolean();
            assertEquals(
                    valid ? Verdict.CURRENT : Verdict.REFUSED,
                    verdict(body(), headers(), url(), secret()),
                    "by the current secret");
            assertEquals(
                    valid ? Verdict.PREVIOUS : Verdict.REFUSED,
                    verdict(body(), headers(), url(), OTHER, secret()),
                    "by the previous secret");
            assertRefused(verdict(body(), headers(), url(), OTHER, new byte[0]), "other secrets");
            assertRefused(verdict(body(), headers(), url()), "no secret");
            assertRefused(verdict(body(), Map.of(), url(), secret()), "no header");
            if (valid) {
                checkMutated();
                checkWindow(WINDOWS.get(json.path("provider").asText()));
            }
        }

        private void checkMutated() {
            String name = headers().keySet().stream()
                    .filter(each -> !BESIDE.contains(each))
                    .findFirst()
                    .orElseThrow();
            String value = headers().get(name);
            for (int i = 0; i < value.length(); i++) {
                Map<String, String> broken = headers();
                broken.put(name, value.substring(0, i) + (char) (value.charAt(i) ^ 1) + value.substring(i + 1));
                assertRefused(verdict(body(), broken, url(), secret()), "header broken at " + i);
            }
            if (!name.equals("X-Vapi-Secret")) {
                checkMutatedBody();
            }
            if (name.equals("X-Twilio-Signature")) {
                assertRefused(verdict(body(), headers(), url() + "x", secret()), "another URL");
            }
        }

        private void checkMutatedBody() {
            for (int i = 0; i < body().length; i += 7) {
                byte[] broken = body();
                broken[i] ^= 1;
                assertRefused(verdict(broken, headers(), url(), secret()), "body broken at " + i);
            }
        }

        /** Their vectors are signed at the time of the check. */
        private void checkWindow(List<Integer> window) {
            if (window != null) {
                int past = window.get(0);
                int ahead = window.get(1);
                assertEquals(Verdict.CURRENT, verdict(now().plusSeconds(past)), "at the end of the window");
                assertRefused(verdict(now().plusSeconds(past + 1)), "a second later");
                assertEquals(Verdict.CURRENT, verdict(now().minusSeconds(ahead)), "at its beginning");
                assertRefused(verdict(now().minusSeconds(ahead + 1)), "a second earlier");
            }
        }

        private Verdict verdict(Instant at) {
            Provider provider = Fixtures.provider(json.path("provider").asText());
            return Fixtures.verdict(provider, Fixtures.delivery("POST", url(), body(), headers()), at, secret());
        }

        private static void assertRefused(Verdict verdict, String why) {
            assertEquals(Verdict.REFUSED, verdict, why);
        }

        private Verdict verdict(byte[] body, Map<String, String> headers, String url, byte[]... secrets) {
            Provider provider = Fixtures.provider(json.path("provider").asText());
            return Fixtures.verdict(provider, Fixtures.delivery("POST", url, body, headers), now(), secrets);
        }

        private Instant now() {
            if (json.has("now_ms")) {
                return Instant.ofEpochMilli(json.path("now_ms").asLong());
            }
            long signed = json.path("header").path("x-timestamp").asLong(0);
            return Instant.ofEpochSecond(json.path("now_s").asLong(signed + 60));
        }

        private byte[] secret() {
            return json.path("secret").asText().getBytes(StandardCharsets.UTF_8);
        }

        private String url() {
            return json.path("url").asText(Fixtures.URL);
        }

        private Map<String, String> headers() {
            Map<String, String> headers = new TreeMap<>();
            json.path("header")
                    .properties()
                    .forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
            return headers;
        }

        private byte[] body() {
            if (json.has("file")) {
                return Fixtures.bytes(json.path("file").asText());
            }
            String body = json.has("body") ? json.path("body").asText() : form(json.path("params"));
            return body.getBytes(StandardCharsets.UTF_8);
        }

        private static String form(JsonNode params) {
            return params.properties().stream()
                    .map(p -> encoded(p.getKey()) + "=" + encoded(p.getValue().asText()))
                    .collect(Collectors.joining("&"));
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
