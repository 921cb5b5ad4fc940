package io.switchboard.voice.provider.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.signature.Form;
import io.switchboard.voice.signature.Signature;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TwilioUrlTest {
    private static final String URL = "https://voice.example.com/webhooks/twilio/1";

    @Test
    void the_url_as_it_came_is_the_first_spelling() {
        for (String url : List.of(URL, URL + "?a=%40+b", "http://[::1]:8083/w?a", "no url")) {
            assertEquals(url, TwilioUrl.spellings(url).iterator().next());
        }
    }

    @Test
    void the_port_is_there_or_not() {
        assertEquals(Set.of(URL, URL.replace(".com/", ".com:443/")), TwilioUrl.spellings(URL));
        assertEquals(
                Set.of("http://a.example:80?b=c:1", "http://a.example?b=c:1"),
                TwilioUrl.spellings("http://a.example?b=c:1"));
        assertEquals(
                Set.of("https://a.example:8443/", "https://a.example/"),
                TwilioUrl.spellings("https://a.example:8443/"));
        assertEquals(Set.of("http://[::1]/w", "http://[::1]:80/w"), TwilioUrl.spellings("http://[::1]/w"));
    }

    @Test
    void characters_that_a_query_may_hold_are_escaped_or_not() {
        assertSpelt("?who=desk%40acme.example%3a5060", "?who=desk@acme.example:5060");
        assertSpelt("?who=desk%40acme.example%3A5060&x=%20", "?who=desk@acme.example:5060&x=%20");
        assertSpelt("?state=Sant%27Agata&to=sip%3A1%40b", "?state=Sant'Agata&to=sip:1@b");
        assertSpelt("?state=Sant%27Agata&to=sip%3A1%40b", "?state=Sant%27Agata&to=sip:1@b");
        assertSpelt("?path=a%2Fb%3Fc", "?path=a/b?c");
        assertSpelt("?name=Ann+O'Hara", "?name=Ann%20O'Hara");
        assertSpelt("?name=Ann+O%27Hara&mail=a%40b&bare", "?name=Ann%20O'Hara&mail=a%40b&bare=");
        assertSpelt("?name=caf%c3%a9", "?name=caf%C3%A9");
    }

    @Test
    void no_spelling_changes_what_a_query_means() {
        for (String query : List.of("?a=1%26b%3D2", "?a=1%2B2", "?a=%23x", "?a=100%25", "?a=%2540")) {
            for (String spelling : TwilioUrl.spellings(URL + query)) {
                String spelt = spelling.substring(spelling.indexOf('?') + 1);
                assertEquals(fields(query.substring(1)), fields(spelt), spelling);
            }
        }
        assertFalse(TwilioUrl.spellings(URL + "?a=%40").contains(URL + "?a=%2540"));
    }

    @Test
    void what_stands_before_the_query_keeps_its_escapes() {
        assertTrue(TwilioUrl.spellings(URL + "%40?a=%40").stream().allMatch(each -> each.contains("1%40?")));
    }

    private static void assertSpelt(String came, String signed) {
        Set<String> spellings = TwilioUrl.spellings(URL + came);
        assertTrue(spellings.contains(URL + signed), spellings::toString);
        assertTrue(spellings.size() <= 8, spellings::toString);
    }

    private static Form fields(String query) {
        return Form.parse(Signature.utf8(query));
    }
}
