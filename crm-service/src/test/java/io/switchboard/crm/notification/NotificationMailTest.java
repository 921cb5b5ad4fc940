package io.switchboard.crm.notification;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.MockMailbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class NotificationMailTest {
    final UUID acme = UUID.randomUUID();
    Caller ada;

    @Inject
    MockMailbox mailbox;

    @BeforeEach
    void join() {
        ada = Colleagues.joined("admin", acme);
    }

    @Test
    void who_wants_mail_of_a_type_gets_it_and_nobody_else() {
        var eve = Colleagues.joined("admin", acme);
        var bob = Colleagues.joined("admin", acme);
        wantsMail(ada, "system_alert");
        wantsMail(eve, "hot_lead");
        wantsMail(bob, "system_alert");
        Sql.superuser().run("update members set is_active = false where id = '" + bob.id() + "'");
        var alert = Map.of(
                "audience", Map.of("roles", List.of("admin")),
                "type", "system_alert",
                "title", "Closed on Friday",
                "message", "Grüße");
        ada.post("/api/notifications", alert).then().statusCode(201);
        var mail = only(ada);
        assertEquals("Closed on Friday", mail.getSubject());
        assertTrue(mail.getText().startsWith("Grüße\n\nYou have chosen"), mail.getText());
        assertEquals(List.of(), mailbox.getMailsSentTo(eve.id() + "@example.com"));
        assertEquals(List.of(), mailbox.getMailsSentTo(bob.id() + "@example.com"));
    }

    @Test
    void a_hostile_and_endless_text_is_one_subject_and_bounded() {
        wantsMail(ada, "system_alert");
        Sql.app(acme, ada.id(), "admin").column("""
                select create_notification('%s', null, 'system_alert', 'Hi' || chr(13) || chr(10) || 'Bcc: eve@example.com',
                    repeat('x', 1000000), null, null, null, null)
                """.formatted(ada.id()));
        var mail = only(ada);
        assertEquals("Hi Bcc: eve@example.com", mail.getSubject());
        assertEquals(List.of(), mail.getBcc());
        assertEquals(20_000, mail.getText().length());
    }

    @Test
    void a_mail_belongs_to_the_transaction_and_is_not_sent_after_a_day() {
        wantsMail(ada, "system_alert");
        var create = "select create_notification('%s', null, 'system_alert', '%s', 'x', null, null, null, null)";
        try (var undone = Sql.app(acme, ada.id(), "admin").open()) {
            undone.column(create.formatted(ada.id(), "Undone"));
        }
        try (var late = Sql.superuser().open()) {
            late.begin();
            late.run("set local app.org_id = '" + acme + "'");
            late.column(create.formatted(ada.id(), "Late"));
            assertEquals(
                    "t",
                    late.value("select (event ->> 'until')::timestamptz between now() + interval '23 hours' and now()"
                            + " + interval '25 hours' from outbox where destination = 'mail' and org_id = '" + acme
                            + "'"));
        }
        Sql.app(acme, ada.id(), "admin").column(create.formatted(ada.id(), "Done"));
        assertEquals("Done", only(ada).getSubject());
    }

    private Mail only(Caller user) {
        var address = user.id() + "@example.com";
        await().until(() -> !mailbox.getMailsSentTo(address).isEmpty());
        assertEquals(1, mailbox.getMailsSentTo(address).size());
        return mailbox.getMailsSentTo(address).get(0);
    }

    private static void wantsMail(Caller user, String type) {
        var item = Map.of("type", type, "channels", List.of("app", "email"));
        user.put("/api/notifications/preferences", Map.of("items", List.of(item)))
                .then()
                .statusCode(200);
    }
}
