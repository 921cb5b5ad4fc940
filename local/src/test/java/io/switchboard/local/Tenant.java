package io.switchboard.local;

import static io.switchboard.local.Patience.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A freshly signed-up organization with an endpoint for each provider, and what its admin sees. */
final class Tenant {
    final Api api;
    private final RunningSuite running;
    private final DemoTenant signedUp;
    private final Api nobody;
    private final JsonNode vapi;
    private final JsonNode twilio;

    private Tenant(RunningSuite running, DemoTenant signedUp) {
        this.running = running;
        this.signedUp = signedUp;
        nobody = running.nobody();
        api = signedUp.api();
        vapi = endpoint("vapi");
        twilio = endpoint("twilio");
    }

    static Tenant signUp(RunningSuite running) {
        var tenant = new Tenant(running, DemoTenant.signUp(running.nobody(), "Acme Dental", "Ada"));
        // The push of members is on its way; the first notification would otherwise wait for it.
        await("members have reached crm-service")
                .until(() -> tenant.contact("+15555550000").isEmpty());
        return tenant;
    }

    /** The status of the answer; -1 where there was none. */
    int deliver(TestCall.Signed signed) {
        return deliver(signed, running.suite.ports().http(Service.VOICE));
    }

    /** The same to the replica of voice-service on the port. */
    int deliver(TestCall.Signed signed, int port) {
        var endpoint = signed.delivery().provider().equals("vapi") ? vapi : twilio;
        try {
            var url = endpoint.path("url").asText();
            return signed.send(
                    nobody,
                    url,
                    url.replaceFirst(":\\d+", ":" + port),
                    endpoint.path("secret").asText());
        } catch (Refusal notAnswered) {
            return -1;
        }
    }

    /** The same admin, signed in anew: a token lives for five minutes. */
    Api signIn() {
        var answer = nobody.post(
                Service.AUTH, "/api/auth/login", Map.of("email", signedUp.email(), "password", signedUp.password()));
        return nobody.with(answer.path("accessToken").asText());
    }

    String orgId() {
        return signedUp.orgId();
    }

    String vapiSecret() {
        return vapi.path("secret").asText();
    }

    /** The status of the answer. */
    int put(Service service, String path, String json) {
        var request = HttpRequest.newBuilder(URI.create(running.suite.ports().url(service) + path))
                .header("Authorization", api.authorization())
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json))
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String vapiUrl() {
        return vapi.path("url").asText();
    }

    String slug() {
        return api.read(Service.AUTH, "/api/organization").path("slug").asText();
    }

    /** A new PIN client: its id and, this once, its PIN. */
    JsonNode addClient() {
        return api.post(
                Service.AUTH, "/api/clients", Map.of("companyName", "Globex", "contactEmail", "it@globex.example"));
    }

    Optional<JsonNode> call(String providerCallId) {
        return calls().stream()
                .filter(call -> call.path("providerCallId").asText().equals(providerCallId))
                .findFirst();
    }

    List<JsonNode> calls() {
        return all(Service.VOICE, "/api/calls?limit=200");
    }

    List<JsonNode> events(String filter) {
        return all(Service.VOICE, "/api/webhook-events?limit=200" + filter);
    }

    List<JsonNode> contacts() {
        return all(Service.CRM, "/api/contacts?limit=200");
    }

    List<JsonNode> contact(String phone) {
        return all(Service.CRM, "/api/contacts?phone=" + URLEncoder.encode(phone, StandardCharsets.UTF_8));
    }

    List<JsonNode> notifications() {
        return all(Service.CRM, "/api/notifications?limit=200");
    }

    /** Audit records of one thing. */
    List<JsonNode> audit(JsonNode thing) {
        return all(
                Service.AUDIT, "/api/audit/logs?resourceId=" + thing.path("id").asText());
    }

    /** Audit records of an action on a kind of thing. */
    List<JsonNode> audit(String action, String resourceType) {
        return all(Service.AUDIT, "/api/audit/logs?limit=200&action=" + action + "&resourceType=" + resourceType);
    }

    private List<JsonNode> all(Service service, String path) {
        var found = new ArrayList<JsonNode>();
        var next = path;
        while (next != null) {
            var page = api.read(service, next);
            page.path("items").forEach(found::add);
            var cursor = page.path("nextCursor");
            next = cursor.isTextual() ? path + "&cursor=" + cursor.asText() : null;
        }
        return found;
    }

    private JsonNode endpoint(String provider) {
        return api.post(Service.VOICE, "/api/webhook-endpoints", Map.of("provider", provider, "label", "Front desk"));
    }
}
