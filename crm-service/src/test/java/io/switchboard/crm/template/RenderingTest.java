package io.switchboard.crm.template;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.switchboard.crm.ticket.HelpDesk;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RenderingTest {
    /** What hostile text becomes: it stays as it is, or is a placeholder that means nothing. */
    private static final Map<String, String> HOSTILE = new LinkedHashMap<>();

    static {
        List.of(
                        "{{",
                        "}}",
                        "{{}}",
                        "{{{{{{{{",
                        "{{contact.name",
                        "{contact.name}",
                        "{ {contact.name} }",
                        "{inject:vertx}",
                        "{cdi:config}",
                        "{config:property('switchboard.db.url')}",
                        "${java:version}",
                        "${jndi:ldap://127.0.0.1/a}",
                        "#{T(java.lang.Runtime).getRuntime().exec('id')}",
                        "{#for i in 100000}x{/for}",
                        "{#include secret/}",
                        "<#assign x=\"freemarker.template.utility.Execute\"?new()>",
                        "<%= 7 * 7 %>",
                        "{% raw %}x{% endraw %}",
                        "$1\\1\\0",
                        "{{" + "a".repeat(101) + "}}")
                .forEach(text -> HOSTILE.put(text, text));
        List.of(
                        "{{inject:vertx}}",
                        "{{7*7}}",
                        "{{contact.class.classLoader}}",
                        "{{contact.getClass()}}",
                        "{{contact['name']}}",
                        "{{contact.name.length}}",
                        "{{../../etc/passwd}}",
                        "{{constructor.constructor('return process')()}}",
                        "{{java.lang.System.getenv}}",
                        "{{contact.notes}}",
                        "{{ticket.org_id}}",
                        "{{CONTACT.NAME}}",
                        "{{contact.name\u0130}}",
                        "{{' or 1=1 --}}",
                        "{{$1}}",
                        "{{_}}")
                .forEach(text -> HOSTILE.put(text, ""));
        HOSTILE.put("{{{contact.name}}}", "{Ada {{ticket.title}}}");
        HOSTILE.put("{{{{contact.name}}}}", "{{Ada {{ticket.title}}}}");
    }

    final HelpDesk desk = new HelpDesk();
    final Caller agent = desk.agent();

    @Test
    void placeholders_are_filled_for_a_ticket_and_what_is_missing_is_listed() {
        var contact = desk.contact();
        var customer = desk.customer();
        var ticket = desk.ticket("Printer", customer, agent, desk.team());
        desk.set(ticket, "contact_id = '" + contact + "', priority = 'high'");
        var text =
                "{{contact.name}}|{{ ticket.title }}|{{ticket.number}}|{{ticket.status}}|{{ticket.priority}}|{{customer.name}}"
                        + "|{{agent.name}}|{{user.name}}|{{nope.x}}|{{contact.email}}|{{nope.x}}";
        render(text, Map.of("ticketId", ticket))
                .statusCode(200)
                .body("content", is("Ada Lovelace|Printer|1|open|high|Jo|Jo|Jo|||"))
                .body("missing", contains("nope.x", "contact.email"));
        render(text, Map.of("contactId", contact))
                .statusCode(200)
                .body("content", is("Ada Lovelace|||||||Jo|||"))
                .body(
                        "missing",
                        contains(
                                "ticket.title",
                                "ticket.number",
                                "ticket.status",
                                "ticket.priority",
                                "customer.name",
                                "agent.name",
                                "nope.x",
                                "contact.email"));
        render("Hello", Map.of()).statusCode(200).body("content", is("Hello")).body("missing", empty());
    }

    @Test
    void what_the_caller_does_not_see_is_not_rendered() {
        var others = desk.ticket("Secret", null, desk.agent(), null);
        render("{{ticket.title}}", Map.of("ticketId", others))
                .statusCode(422)
                .body("errors.field", contains("ticketId"));
        render("{{contact.name}}", Map.of("contactId", new HelpDesk().contact()))
                .statusCode(422)
                .body("errors.field", contains("contactId"));
        desk.admin
                .post("/api/templates/{id}/render", Map.of(), UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    @Test
    void hostile_templates_reach_nothing_but_the_listed_variables() {
        var contact = desk.contact();
        desk.run("update contacts set name = 'Ada {{ticket.title}}', notes = 'secret' where id = '" + contact + "'");
        var ticket = desk.ticket("Never shown", null, agent, null);
        desk.set(ticket, "contact_id = '" + contact + "'");
        var rendered = new LinkedHashMap<String, String>();
        HOSTILE.keySet()
                .forEach(text -> rendered.put(
                        text,
                        render(text, Map.of("ticketId", ticket))
                                .statusCode(200)
                                .extract()
                                .path("content")));
        assertEquals(HOSTILE, rendered);
        assertTrue(HOSTILE.size() >= 30);
        agent.post("/api/templates", Map.of("title", "Large", "content", "{{".repeat(500_000)))
                .then()
                .statusCode(422);
        agent.post("/api/templates", Map.of("title", "Larger", "content", "{{a}}".repeat(500_000)))
                .then()
                .statusCode(413);
        render("{{ticket.title}}".repeat(1_250), Map.of("ticketId", ticket)).statusCode(200);
        desk.set(ticket, "title = repeat('x', 200)");
        render("{{ticket.title}}".repeat(1_250), Map.of("ticketId", ticket))
                .statusCode(422)
                .body("type", endsWith("text_too_long"));
    }

    @Test
    void the_longest_text_is_filled_in_time_whatever_is_in_it() {
        var values = new HashMap<String, String>();
        values.put("a", "");
        for (var part : List.of("{{", "{{a}}", "{{ a", "{{a}", "}}{{", "{ ")) {
            var text = part.repeat(Placeholders.LONGEST / part.length());
            assertEquals(
                    text.replace("{{a}}", ""), Placeholders.fill(text, values).content(), part);
        }
        Assertions.assertThrows(
                Problem.class, () -> Placeholders.fill("{{a}}".repeat(3), Map.of("a", "x".repeat(10_000))));
    }

    private ValidatableResponse render(String content, Map<String, ?> form) {
        var id = agent.post("/api/templates", Map.of("title", "x", "content", content))
                .then()
                .statusCode(201)
                .extract()
                .<String>path("id");
        return agent.post("/api/templates/{id}/render", form, id).then();
    }
}
