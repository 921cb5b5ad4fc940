package io.switchboard.voice.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.VoiceProfile;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What crm-service is told of the events that an organization wants. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class WantedEventsTest {
    private final Caller acme = Caller.adminOfNewOrg();

    @Test
    void crm_service_hears_of_every_change_of_what_is_wanted() {
        var one = Subscribed.to(acme, "contact.created", "call.ended");
        var other = Subscribed.to(acme, "contact.created", "appointment.booked");
        Subscribed.to(acme, "call.started"); // nothing of crm-service's
        one.patch(Map.of("description", "ERP"), 200);
        other.patch(Map.of("status", "disabled"), 200);
        one.patch(Map.of("events", List.of("contact.erased")), 200);
        other.patch(Map.of("status", "active"), 200);
        acme.delete(one.path()).then().statusCode(204);
        acme.delete(other.path()).then().statusCode(204);
        assertEquals(
                List.of(
                        "1 contact.created",
                        "2 appointment.booked contact.created",
                        "3 contact.created",
                        "4 contact.erased",
                        "5 appointment.booked contact.created contact.erased",
                        "6 appointment.booked contact.created",
                        "7 "),
                pushed(7));
    }

    @Test
    void calls_alone_are_no_business_of_crm_service() {
        Subscribed.to(acme, "call.started", "call.recording_ready");
        assertEquals(
                0,
                Sql.superuser()
                        .number("select count(*) from wanted_events where version > 0 and org_id = '" + acme.orgId()
                                + "'"));
    }

    @Test
    void changes_at_the_same_moment_lose_none() {
        var events = List.of("contact.created", "contact.updated", "contact.merged", "contact.erased");
        var all = new ArrayList<CompletableFuture<?>>();
        for (var event : events) {
            all.add(CompletableFuture.runAsync(() -> Subscribed.to(acme, event)));
        }
        all.forEach(CompletableFuture::join);
        assertEquals(
                "4 " + events.stream().sorted().collect(Collectors.joining(" ")),
                pushed(4).get(3));
    }

    /** By version, once there are so many. */
    private List<String> pushed(int count) {
        return PeerRequests.await(count, "/internal/wanted-events", this::isOurs).stream()
                .map(call -> new JsonObject(call.getString("body")))
                .sorted(Comparator.comparing(body -> body.getInteger("version")))
                .map(body -> body.getInteger("version") + " "
                        + body.getJsonArray("types").stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(" ")))
                .distinct()
                .toList();
    }

    private boolean isOurs(JsonObject call) {
        return Stream.of(call.getString("authorization").split("\\."))
                .skip(1)
                .limit(1)
                .map(part -> new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8))
                .anyMatch(claims -> claims.contains(acme.orgId().toString()));
    }
}
