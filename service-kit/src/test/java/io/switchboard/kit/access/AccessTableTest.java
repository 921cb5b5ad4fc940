package io.switchboard.kit.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.token.AccessToken;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTableTest {
    private static AccessToken person(String role) {
        return new AccessToken(
                UUID.randomUUID().toString(), role, UUID.randomUUID(), null, null, false, null, null, Instant.MAX);
    }

    private static AccessToken service(String name, UUID orgId) {
        return new AccessToken(name, "service", orgId, name, null, false, null, null, Instant.MAX);
    }

    @Test
    void a_literal_path_comes_before_one_with_parameters() {
        var found = AccessTable.of("crm-service").find("GET", "/api/notifications/unread-count");
        assertEquals("/api/notifications/unread-count", found.orElseThrow().path());
    }

    @Test
    void a_parameter_may_end_in_a_verb() {
        var reveal = one("a POST /keys/{id}/{provider}:reveal admin");
        assertTrue(PathPattern.of(reveal).matches("/keys/1/groq:reveal".split("/")));
        assertFalse(PathPattern.of(reveal).matches("/keys/1/groq".split("/")));
        assertFalse(PathPattern.of(reveal).matches("/keys/1/:reveal".split("/")), "empty");
        assertFalse(PathPattern.of(reveal).matches("/keys/1/groq:revealed".split("/")));
        assertFalse(PathPattern.of(reveal).matches("/keys//groq:reveal".split("/")));
    }

    @Test
    void the_first_line_that_matches_counts() {
        var table = AccessTable.of(Stream.of("a GET /feeds/{id}.ics public", "a GET /feeds/{id} admin"));
        assertEquals(
                "/feeds/{id}.ics",
                table.find("GET", "/feeds/x.ics").orElseThrow().path());
        assertEquals("/feeds/{id}", table.find("GET", "/feeds/x").orElseThrow().path());
    }

    @Test
    void a_line_says_which_bodies_are_taken() {
        var upload = one("a POST /imports admin,agent people body=text/csv,multipart/form-data:25M");
        assertTrue(upload.peopleOnly());
        assertEquals(25L << 20, upload.body().limit());
        assertTrue(upload.body().isPassedOn());
        assertTrue(upload.body().allows(sent("Text/CSV; charset=utf-8")));
        assertTrue(upload.body().allows(sent("multipart/form-data; boundary=x")));
        assertFalse(upload.body().allows(sent("application/json")));
        assertFalse(upload.body().allows(sent("")));
        assertTrue(upload.body().allows(MultiMap.caseInsensitiveMultiMap()), "an empty body");
        assertEquals(16L << 10, one("a POST /x public body=*:16K").body().limit());
        assertTrue(one("a POST /x public body=*:16K").body().allows(sent("image/png")));
    }

    @Test
    void bodies_are_json_unless_a_line_says_otherwise() {
        var create = one("a POST /x admin");
        assertEquals(0, create.body().limit());
        assertFalse(create.body().isPassedOn());
        assertTrue(create.body().allows(sent("application/merge-patch+json; charset=UTF-8")));
        assertFalse(create.body().allows(sent("text/plain")));
        assertFalse(create.body().allows(sent("application/jsonp")));
    }

    @Test
    void a_line_says_that_an_answer_is_a_stream() {
        assertTrue(one("a GET /x admin stream").isStream());
        assertFalse(one("a GET /x admin").isStream());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a GET /x",
                "a GET /x admin poeple",
                "a POST /x admin body=text/csv:25",
                "a POST /x admin body=",
                "a POST /x admin body=json body=*"
            })
    void a_line_that_cannot_be_read_is_a_fault(String line) {
        assertThrows(RuntimeException.class, () -> one(line));
    }

    private static Operation one(String line) {
        return AccessTable.of(Stream.of(line)).list().get(0);
    }

    private static MultiMap sent(String type) {
        return MultiMap.caseInsensitiveMultiMap().add("Content-Length", "5").add("Content-Type", type);
    }

    @Test
    void unlisted_paths_are_not_found() {
        var table = AccessTable.of("crm-service");
        assertTrue(table.find("GET", "/api/contacts/").isEmpty());
        assertTrue(table.find("GET", "/api/contacts/1/2/3").isEmpty());
        assertTrue(table.find("DELETE", "/api/contacts").isEmpty());
        assertTrue(table.find("GET", "/api/auth/session").isEmpty(), "another service's");
        assertEquals(Set.of("GET", "HEAD", "POST"), table.methods("/api/contacts"));
    }

    @Test
    void people_come_in_by_role_and_services_by_name() {
        var contacts =
                AccessTable.of("crm-service").find("GET", "/api/contacts").orElseThrow();
        assertTrue(contacts.allows(person("agent")));
        assertFalse(contacts.allows(person("customer")));
        assertFalse(contacts.allows(service("voice-service", UUID.randomUUID())));

        var upsert = AccessTable.of("crm-service")
                .find("PUT", "/internal/contacts/by-phone/+4930")
                .orElseThrow();
        assertTrue(upsert.allows(service("voice-service", UUID.randomUUID())));
        assertFalse(upsert.allows(service("voice-service", null)), "for no tenant");
        assertFalse(upsert.allows(service("auth-service", UUID.randomUUID())));
        assertFalse(upsert.allows(person("admin")));
    }

    @Test
    void audit_events_come_from_services_for_many_tenants_at_once() {
        var post = AccessTable.of("audit-service")
                .find("POST", "/api/audit/events")
                .orElseThrow();
        assertTrue(post.allows(service("crm-service", null)));
        assertFalse(post.allows(person("admin")));
    }

    @Test
    void some_of_what_a_role_may_do_is_for_people_only() {
        var table = AccessTable.of("auth-service");
        var invite = table.find("POST", "/api/invitations").orElseThrow();
        assertTrue(invite.peopleOnly() && invite.roles().contains("admin"));
        assertFalse(table.find("GET", "/api/invitations").orElseThrow().peopleOnly());
    }

    @Test
    void no_operation_is_listed_twice() {
        var names = AccessTable.all()
                .map(operation -> operation.service() + operation.method() + operation.path())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        assertTrue(names.values().stream().allMatch(count -> count == 1), names.toString());
    }
}
