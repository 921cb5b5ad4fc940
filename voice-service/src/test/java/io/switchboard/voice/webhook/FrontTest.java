package io.switchboard.voice.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.FrontChecks;
import io.switchboard.kit.test.RawClient;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import java.net.URL;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FrontChecks.Small.class)
class FrontTest {
    private Front front;

    @TestHTTPResource("/")
    URL service;

    @TestHTTPResource(value = "/", management = true)
    URL management;

    @BeforeEach
    void createEndpoint() {
        front = Front.of(Caller.adminOfNewOrg(), "vapi");
    }

    @Test
    void clients_that_take_too_much_are_refused_alone() {
        FrontChecks.run(service.getPort(), management.getPort(), front.path(), "", 1024 * 1024);
    }

    @Test
    void a_provider_may_ask_before_it_sends_the_body() {
        var body = SampleCall.create().vapi("hang");
        try (var client = RawClient.to(service.getPort())) {
            client.send(head(front.path(), body, "Expect: 100-continue\r\n"));
            assertEquals(100, client.answer().status());
            assertEquals(200, client.send(body).answer().status());
        }
        try (var client = RawClient.to(service.getPort())) {
            client.send(head("/webhooks/vapi/nobody", body, "Expect: 100-continue\r\n"));
            assertEquals(100, client.answer().status());
            assertEquals(401, client.send(body).answer().status());
        }
    }

    @Test
    void a_slash_behind_the_url_is_no_other_url() {
        var body = SampleCall.create().vapi("hang");
        var request = head(front.path() + "/", body, "") + body;
        assertEquals(200, RawClient.answer(service.getPort(), request).status());
    }

    @Test
    void no_series_holds_the_id_of_an_endpoint() {
        var body = SampleCall.create().vapi("hang");
        assertEquals(
                200,
                RawClient.answer(service.getPort(), head(front.path(), body, "") + body)
                        .status());
        var metrics = RawClient.answer(management.getPort(), "GET /q/metrics HTTP/1.1\r\nHost: a.example\r\n\r\n")
                .body();
        assertTrue(!metrics.contains(front.id()) && metrics.contains("/webhooks/{provider}/{endpointId}"));
    }

    private String head(String path, String body, String more) {
        var signed = front.vapiHeaders(body).entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue() + "\r\n")
                .collect(Collectors.joining());
        return "POST " + path + " HTTP/1.1\r\nHost: a.example\r\nContent-Length: " + body.length() + "\r\n" + signed
                + more + "\r\n";
    }
}
