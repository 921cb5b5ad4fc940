package io.switchboard.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.member.Closure;
import io.switchboard.kit.member.Member;
import io.switchboard.kit.member.Members;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Members and settings come from the local copy, and from auth-service what has not arrived yet. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class MembersTest {
    @Inject
    Members members;

    final Caller acme = Caller.agentOfNewOrg();
    final CallerContext caller = CallerContext.Value.user(acme.orgId(), acme.id(), "agent", Origin.worker());

    @Test
    void a_missing_member_is_fetched_for_the_tenant_and_kept() {
        var known = Colleagues.joined("admin", acme.orgId()).id();
        var missing = known("Grace", 3);
        assertEquals(List.of("Grace", "Jo"), names(find(missing, known, missing)));
        assertEquals(List.of("Grace", "Jo"), names(find(missing, known)));
        assertEquals(1, PeerRequests.to(path(missing)).size());
        assertEquals(0, PeerRequests.to(path(known)).size());
        var token = PeerRequests.to(path(missing)).get(0).getString("authorization");
        var claims = new JsonObject(
                new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8));
        assertEquals(acme.orgId().toString(), claims.getString("org_id"));
    }

    @Test
    void the_newest_version_of_a_fetched_member_wins() {
        var grace = known("Grace", 3);
        find(grace);
        push(grace, "Grace the second", 2);
        assertEquals(List.of("Grace"), names(find(grace)));
        push(grace, "Grace Hopper", 4);
        assertEquals(List.of("Grace Hopper"), names(find(grace)));
    }

    @Test
    void an_unknown_id_is_refused_by_the_name_of_its_field() {
        var known = Colleagues.joined("agent", acme.orgId()).id();
        var unknown = UUID.randomUUID();
        PeerRequests.answer(path(unknown), 404);
        var refusal = assertThrows(Problem.class, () -> find(known, unknown));
        assertEquals(422, refusal.status());
        assertEquals("userIds", refusal.errors().get(0).field());
        var other = CallerContext.Value.user(UUID.randomUUID(), UUID.randomUUID(), "admin", Origin.worker());
        PeerRequests.answer(path(known), 404);
        assertThrows(
                Problem.class,
                () -> members.find(other, "userIds", List.of(known)).await().indefinitely());
    }

    @Test
    void known_members_are_found_while_auth_service_is_away() {
        var known = Colleagues.left("agent", acme.orgId()).id();
        var missing = UUID.randomUUID();
        PeerRequests.answer(path(missing), 503);
        assertFalse(find(known).get(0).isActive());
        assertEquals(
                503, assertThrows(Problem.class, () -> find(known, missing)).status());
        PeerRequests.answer(path(missing), 200, "{\"name\": \"half\"}");
        assertEquals(503, assertThrows(Problem.class, () -> find(missing)).status());
    }

    @Test
    void more_than_fifty_ids_are_refused_unasked() {
        var ids = Stream.generate(UUID::randomUUID).limit(51).toArray(UUID[]::new);
        assertEquals(422, assertThrows(Problem.class, () -> find(ids)).status());
        assertEquals(0, PeerRequests.to(path(ids[0])).size());
        assertEquals(List.of(), find());
    }

    @Test
    void missing_settings_are_fetched_and_kept() {
        PeerRequests.answer("/internal/organization", 200, settings("Europe/Berlin", 3));
        assertEquals("Europe/Berlin", timeZone());
        PeerRequests.answer("/internal/organization", 503);
        assertEquals("Europe/Berlin", timeZone());
        Caller.service("auth-service", acme.orgId())
                .put(
                        "/internal/organization",
                        new JsonObject(settings("Asia/Tokyo", 4))
                                .put(
                                        "closures",
                                        List.of(Map.of("from", "2026-12-24", "to", "2026-12-26", "name", "Christmas")))
                                .getMap())
                .then()
                .statusCode(204);
        assertEquals("Asia/Tokyo", timeZone());
        assertEquals(
                List.of(new Closure("2026-12-24", "2026-12-26", "Christmas")),
                members.settings(caller).await().indefinitely().closures());
        var other = CallerContext.Value.service(UUID.randomUUID(), "crm-service", Origin.worker());
        var refusal = assertThrows(
                Problem.class, () -> members.settings(other).await().indefinitely());
        assertEquals(503, refusal.status());
    }

    private String timeZone() {
        var settings = members.settings(caller).await().indefinitely();
        assertTrue(settings.isActive());
        return settings.timeZone();
    }

    private List<Member> find(UUID... ids) {
        return members.find(caller, "userIds", List.of(ids)).await().indefinitely();
    }

    private static List<String> names(List<Member> members) {
        return members.stream().map(Member::name).toList();
    }

    /** A user that auth-service knows and has not pushed. */
    private static UUID known(String name, int version) {
        var id = UUID.randomUUID();
        var form = new JsonObject().put("later", "more").mergeIn(new JsonObject(form(name, version)));
        PeerRequests.answer(path(id), 200, form.encode());
        return id;
    }

    private void push(UUID id, String name, int version) {
        Caller.service("auth-service", acme.orgId())
                .put(path(id), form(name, version))
                .then()
                .statusCode(204);
    }

    private static Map<String, Object> form(String name, int version) {
        return Map.of("name", name, "email", "g@example.com", "role", "agent", "isActive", true, "version", version);
    }

    private static String settings(String timeZone, int version) {
        return new JsonObject()
                .put("timeZone", timeZone)
                .put("defaultRegion", "DE")
                .put("businessHours", new JsonObject())
                .put("isActive", true)
                .put("version", version)
                .encode();
    }

    private static String path(UUID id) {
        return "/internal/members/" + id;
    }
}
