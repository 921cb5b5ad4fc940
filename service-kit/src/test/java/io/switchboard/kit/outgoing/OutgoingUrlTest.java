package io.switchboard.kit.outgoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.problem.Problem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingUrlTest {
    private final OutgoingUrls urls = allowing();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hooks.example.com/in",
                "//hooks.example.com/in",
                "https:hooks.example.com",
                "https://",
                "https:///in",
                "https://:443/in",
                "ftp://hooks.example.com/in",
                "file:///etc/passwd",
                "gopher://hooks.example.com/",
                "javascript:alert(1)",
                "https://hooks.example.com:8443/in",
                "https://hooks.example.com:22/in",
                "https://hooks.example.com:0/in",
                "https://hooks.example.com:65616/in",
                "https://user@hooks.example.com/in",
                "https://user:password@hooks.example.com/in",
                "https://@hooks.example.com/in",
                "https://hooks.example.com@127.0.0.1/in",
                "https://hooks.example.com\\@127.0.0.1/in",
                "https://hooks.example.com/in#there",
                "https://hooks.example.com/in there",
                "https://hooks.example.com/in\r\nHost: localhost",
                "https://hooks.example.com/\u0000",
                "https://b\u00fccher.example/in",
                "https://hooks.example.com/b\u00fccher",
                "https://hooks_in.example.com/in",
                "https://hooks.example.com./in",
                "https://hooks..example.com/in",
                "https://-hooks.example.com/in"
            })
    void what_no_request_can_be_sent_to_is_refused(String url) {
        assertThrows(UrlRefused.class, () -> urls.of(url), url);
    }

    @Test
    void a_very_long_url_is_refused() {
        assertThrows(UrlRefused.class, () -> urls.of("https://hooks.example.com/" + "a".repeat(2_000)));
    }

    @Test
    void a_public_url_is_taken_apart() {
        var url = urls.of("HTTPS://Hooks.Example.COM/in/a%20b?token=x&y=%2F");
        assertEquals("HTTPS://Hooks.Example.COM/in/a%20b?token=x&y=%2F", url.text());
        assertEquals("hooks.example.com", url.host());
        assertEquals("/in/a%20b?token=x&y=%2F", url.uri());
        assertEquals(443, url.port());
        assertTrue(url.isTls());
        assertNull(url.literal());
        assertFalse(url.isAllowed());
    }

    @Test
    void the_usual_ports_are_80_and_443() {
        assertEquals(80, urls.of("http://hooks.example.com").port());
        assertEquals(443, urls.of("http://hooks.example.com:443").port());
        assertEquals(80, urls.of("https://hooks.example.com:80/").port());
        assertEquals("/?a=b", urls.of("https://hooks.example.com?a=b").uri());
    }

    @Test
    void public_addresses_and_international_names_are_taken() {
        assertEquals("8.8.8.8", urls.of("https://8.8.8.8/in").host());
        assertEquals(
                "[2606:4700:4700::1111]",
                urls.of("https://[2606:4700:4700::1111]/in").host());
        assertEquals(
                "xn--bcher-kva.example",
                urls.of("https://xn--bcher-kva.example/in").host());
        assertEquals("4u.example", urls.of("https://4u.example/in").host());
    }

    @Test
    void a_listed_place_may_be_private_and_have_any_port() {
        var listing = allowing("127.0.0.1:9999", "Receiver:8080");
        assertTrue(listing.of("http://127.0.0.1:9999/in").isAllowed());
        assertTrue(listing.of("http://receiver:8080/in").isAllowed());
        assertThrows(UrlRefused.class, () -> listing.of("http://127.0.0.1:9998/in"));
        assertThrows(UrlRefused.class, () -> listing.of("http://127.0.0.1/in"));
        assertThrows(UrlRefused.class, () -> listing.of("http://user@127.0.0.1:9999/in"));
    }

    @Test
    void a_refusal_names_the_field() {
        assertEquals("https://hooks.example.com/", urls.require("url", "https://hooks.example.com/"));
        var refusal = assertThrows(Problem.class, () -> urls.require("url", "http://localhost/"));
        assertEquals(422, refusal.status());
    }

    static OutgoingUrls allowing(String... places) {
        return new OutgoingUrls(new AllowedHosts(Optional.of(List.of(places))));
    }
}
