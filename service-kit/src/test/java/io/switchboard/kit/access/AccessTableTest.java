package io.switchboard.kit.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.token.AccessToken;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AccessTableTest {
    private static AccessToken person(String role) {
        return new AccessToken(
                UUID.randomUUID().toString(), role, UUID.randomUUID(), null, null, false, null, Instant.MAX);
    }

    private static AccessToken service(String name, UUID orgId) {
        return new AccessToken(name, "service", orgId, name, null, false, null, Instant.MAX);
    }

    @Test
    void a_literal_path_comes_before_one_with_parameters() {
        var found = AccessTable.of("crm-service").find("GET", "/api/notifications/unread-count");
        assertEquals("/api/notifications/unread-count", found.orElseThrow().path());
    }

    @Test
    void a_parameter_may_end_in_a_verb() {
        var reveal = new Operation(
                "auth-service", "POST", "/keys/{id}/{provider}:reveal", false, Set.of(), Set.of(), Set.of(), false);
        assertTrue(reveal.matches("/keys/1/groq:reveal".split("/")));
        assertFalse(reveal.matches("/keys/1/groq".split("/")));
        assertFalse(reveal.matches("/keys/1/:reveal".split("/")), "empty");
        assertFalse(reveal.matches("/keys/1/groq:revealed".split("/")));
        assertFalse(reveal.matches("/keys//groq:reveal".split("/")));
    }

    @Test
    void what_is_not_listed_is_not_there() {
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
