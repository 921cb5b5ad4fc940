package io.switchboard.crm.contact;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What staff note on a contact. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContactNoteTest {
    final Caller acme = Caller.agentOfNewOrg();
    String notes;

    @BeforeEach
    void addContact() {
        notes = "/api/contacts/"
                + acme.post("/api/contacts", Map.of("name", "Ada")).path("id") + "/notes";
    }

    @Test
    void notes_are_listed_newest_first() {
        acme.get(notes).then().statusCode(200).body("items", empty()).body("nextCursor", nullValue());
        for (var content : List.of("One", "Two", "Three")) {
            acme.post(notes, Map.of("content", content))
                    .then()
                    .statusCode(201)
                    .body("id", notNullValue())
                    .body("content", is(content))
                    .body("authorId", is(acme.id().toString()))
                    .body("createdAt", notNullValue());
        }
        String cursor = acme.get(notes + "?limit=2")
                .then()
                .body("items.content", contains("Three", "Two"))
                .extract()
                .path("nextCursor");
        acme.get(notes + "?limit=2&cursor=" + cursor)
                .then()
                .body("items.content", contains("One"))
                .body("nextCursor", nullValue());
    }

    @Test
    void blank_notes_are_refused() {
        for (var blank : List.of("", " ", "\u200b")) {
            acme.post(notes, Map.of("content", blank)).then().statusCode(422).body("errors.field", contains("content"));
        }
        acme.post(notes, Map.of("content", "x".repeat(20_001))).then().statusCode(422);
        acme.get(notes).then().body("items", empty());
    }

    @Test
    void a_contact_takes_its_notes_along() {
        acme.post(notes, Map.of("content", "One"));
        acme.delete(notes.replace("/notes", "")).then().statusCode(204);
        acme.get(notes).then().statusCode(404).body("type", endsWith("contact_not_found"));
        acme.post(notes, Map.of("content", "Two")).then().statusCode(404).body("type", endsWith("contact_not_found"));
    }
}
