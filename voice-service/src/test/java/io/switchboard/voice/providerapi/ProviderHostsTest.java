package io.switchboard.voice.providerapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An organization's key goes to listed hosts alone. */
class ProviderHostsTest {
    final ProviderHosts hosts = new ProviderHosts(List.of(" api.twilio.com", "API.telnyx.com=http://127.0.0.1:8080"));

    @Test
    void a_listed_host_is_asked_over_tls() {
        var request = hosts.get("https://API.twilio.com:443/a%2Fb?c=d%20e");
        assertNotNull(request);
        assertEquals("api.twilio.com:443", request.getServer().toString());
        assertEquals("/a%2Fb?c=d%20e", request.getURI());
        assertTrue(request.isSsl());
        assertFalse(request.getFollowRedirects());
    }

    @Test
    void an_entry_may_send_a_host_to_another_place() {
        var request = hosts.get("https://api.telnyx.com/v2/recordings");
        assertNotNull(request);
        assertEquals("127.0.0.1:8080", request.getServer().toString());
        assertEquals("api.telnyx.com", request.getHost());
        assertFalse(request.isSsl());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.twilio.com/a",
                "//api.twilio.com/a",
                "/a",
                "",
                "https:/a",
                "https://evil.example.com/api.twilio.com",
                "https://api.twilio.com.evil.example.com/a",
                "https://evilapi.twilio.com/a",
                "https://api.twilio.com./a",
                "https://api.twilio.com:8443/a",
                "https://api.twilio.com:0/a",
                "https://user@api.twilio.com/a",
                "https://api.twilio.com@evil.example.com/a",
                "https://api.twilio.com:443@evil.example.com/a",
                "https://api.twilio.com\\@evil.example.com/a",
                "https://api.twilio.com%00.evil.example.com/a",
                "https://api.twilio.com#@evil.example.com\n/a",
                "https://127.0.0.1/a",
                "https://[::1]/a",
                "https://localhost/a",
                "https://\uff41pi.twilio.com/a"
            })
    void no_other_url_is_asked(String url) {
        assertNull(hosts.get(url));
    }
}
