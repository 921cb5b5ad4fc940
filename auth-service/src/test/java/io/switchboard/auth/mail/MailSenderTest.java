package io.switchboard.auth.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.arc.Arc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Mailed;
import io.switchboard.auth.Person;
import io.switchboard.kit.mail.CalendarPart;
import io.switchboard.kit.mail.Email;
import io.switchboard.kit.mail.MailSender;
import io.switchboard.kit.mail.MailTransport;
import io.switchboard.kit.mail.SealedEmail;
import io.switchboard.kit.outbox.OutboxSender.OutboxRow;
import io.switchboard.kit.peer.PeerAway;
import io.switchboard.kit.test.FreePort;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real SMTP server, which is there or not as each test has it. */
@QuarkusTest
@TestProfile(MailSenderTest.Smtp.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class MailSenderTest {
    static final long PATIENCE_MILLIS = 20_000;
    /** Of the wait of a row, to the nearest ten. */
    static final String SECONDS = "case when lease is null and attempts > 0 then"
            + " round(extract(epoch from lease_until - now()), -1)::text end";

    GreenMail server;
    Person ada;

    public static class Smtp implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.mailer.mock", "false",
                    "quarkus.mailer.start-tls", "DISABLED",
                    "quarkus.mailer.host", "127.0.0.1",
                    "quarkus.mailer.port", Integer.toString(FreePort.find()),
                    "quarkus.mailer.from", "Switchboard <no-reply@example.com>");
        }
    }

    @BeforeEach
    void signUp() {
        var smtp = new ServerSetup(
                ConfigProvider.getConfig().getValue("quarkus.mailer.port", Integer.class), "127.0.0.1", "smtp");
        smtp.setServerStartupTimeout(20_000);
        server = new GreenMail(smtp);
        ada = Person.signUp();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void mail_waits_encrypted_while_the_server_is_away() throws Exception {
        var email = "grace-" + UUID.randomUUID() + "@example.com";
        String token = ada.caller()
                .post("/api/invitations", Map.of("email", email, "role", "agent"))
                .then()
                .statusCode(201)
                .extract()
                .path("token");
        Person.post("/api/auth/password/forgot", Map.of("email", ada.email()))
                .then()
                .statusCode(202);
        Mailed.until(() -> waits("1").size() == 2);
        // Tried in vain by now, more than once, at no cost.
        Mailed.until(() -> Sql.superuser()
                        .column(
                                "select 1 from outbox where destination = 'mail' and lease_until > '-infinity' and lease is null")
                        .size()
                == 2);
        assertEquals(List.of("0", "0"), waits("attempts"));
        var rows = waits("event::text").toString();
        assertFalse(rows.contains(token) || rows.contains(email) || rows.contains(ada.email()), rows);
        assertTrue(rows.contains("sealed"), rows);

        server.start();
        assertTrue(server.waitForIncomingEmail(PATIENCE_MILLIS, 2));
        Mailed.until(() -> waits("1").isEmpty());
        var invitation = received(email);
        assertTrue(invitation.contains("http://127.0.0.1:8081/accept#token=" + token), invitation);
        assertTrue(invitation.contains("Acme GmbH"), invitation);
        Person.post(
                        "/api/auth/password/reset",
                        Map.of("token", Mailed.token(received(ada.email())), "newPassword", Person.PASSWORD))
                .then()
                .statusCode(204);
        for (var message : server.getReceivedMessages()) {
            assertEquals(1, message.getHeader("Message-ID").length);
            assertTrue(message.getHeader("Message-ID")[0].endsWith("@switchboard>"));
            assertEquals("Switchboard <no-reply@example.com>", message.getHeader("From")[0]);
        }
    }

    @Test
    void a_mail_refused_for_good_is_set_aside() throws Exception {
        server.start();
        var org = ada.caller().orgId();
        ada.sql().run("""
                insert into outbox (org_id, destination, event) values ('%s', 'mail', '{"sealed": "AAAA"}')
                """.formatted(org));
        Person.post("/api/auth/password/forgot", Map.of("email", ada.email()))
                .then()
                .statusCode(202);
        assertTrue(server.waitForIncomingEmail(PATIENCE_MILLIS, 1));
        Mailed.until(() -> waits("1").isEmpty());
        assertEquals(
                List.of("mail"),
                Sql.superuser().column("select destination from outbox_rejected where org_id = '" + org + "'"));
    }

    @Test
    void a_recipient_that_the_server_refuses_is_set_aside() throws Exception {
        try (var refusing = new RefusingServer(
                ConfigProvider.getConfig().getValue("quarkus.mailer.port", Integer.class),
                "550 5.1.1 no such user <ada@example.com> here")) {
            Person.post("/api/auth/password/forgot", Map.of("email", ada.email()))
                    .then()
                    .statusCode(202);
            Mailed.until(() -> refusing.refusals() > 0 && waits("1").isEmpty());
        }
        assertEquals(
                List.of("550 5.1.1"),
                Sql.superuser()
                        .column("select reason from outbox_rejected where org_id = '"
                                + ada.caller().orgId() + "'"));
    }

    @Test
    void a_mail_refused_for_now_is_tried_again_with_backoff() throws Exception {
        var port = ConfigProvider.getConfig().getValue("quarkus.mailer.port", Integer.class);
        try (var refusing = new RefusingServer(port, "450 4.2.0 come back later", ada.email())) {
            Person.post("/api/auth/password/forgot", Map.of("email", ada.email()))
                    .then()
                    .statusCode(202);
            ada.caller().post("/api/invitations", Map.of("email", UUID.randomUUID() + "@example.com", "role", "agent"));
            Mailed.until(() -> refusing.taken() >= 1 && waits(SECONDS).equals(List.of("30")));
            assertEquals(List.of("1"), waits("attempts"));
            assertEquals(1, refusing.refusals());
            sooner();
            Mailed.until(() -> waits(SECONDS).equals(List.of("60")));
        }
        server.start();
        sooner();
        assertTrue(server.waitForIncomingEmail(PATIENCE_MILLIS, 1));
    }

    @Test
    void where_there_is_a_folder_letters_land_in_it_and_one_that_cannot_be_written_waits(@TempDir Path folder)
            throws Exception {
        var envelopes = Arc.container().instance(SealedEmail.class).get();
        var envelope = envelopes.seal(ada.caller().orgId(), new Email(ada.email(), "Hello", "Good morning"));
        var row =
                new OutboxRow(envelope.orgId(), envelope.id(), envelope.event().encode(), 1);
        var sender = new MailSender(envelopes, toFolder(folder));
        var delivery = sender.deliver(List.of(row)).await().indefinitely();
        assertEquals(List.of(row.id()), delivery.delivered());
        assertTrue(Files.readString(folder.resolve(row.id() + ".eml")).contains("Good morning"));

        var file = Files.createFile(folder.resolve("file"));
        var stuck = new MailSender(envelopes, toFolder(file));
        assertThrows(PeerAway.class, () -> stuck.deliver(List.of(row)).await().indefinitely());
        // Another organization's row does not open it.
        var moved = new OutboxRow(UUID.randomUUID(), row.id(), row.event(), 1);
        var refused = sender.deliver(List.of(moved)).await().indefinitely();
        assertEquals(Set.of(row.id()), refused.refused().keySet());
    }

    @Test
    void a_mail_that_is_too_late_is_not_sent() {
        var envelopes = Arc.container().instance(SealedEmail.class).get();
        var letter =
                new Email(ada.email(), "Hello", "Good morning", Instant.now().minusSeconds(1));
        var envelope = envelopes.seal(ada.caller().orgId(), letter);
        var row =
                new OutboxRow(envelope.orgId(), envelope.id(), envelope.event().encode(), 1);
        var delivery = Arc.container()
                .instance(MailSender.class)
                .get()
                .deliver(List.of(row))
                .await()
                .indefinitely();
        assertEquals(Map.of(row.id(), "it is too late to send it"), delivery.refused());
    }

    @Test
    void what_sql_owes_is_sent_as_it_is_and_an_odd_address_is_set_aside() throws Exception {
        server.start();
        var org = ada.caller().orgId();
        var owe =
                "select owe_mail('%s', 'Line' || chr(10) || 'Bcc: eve@example.com ' || repeat('x', 1000), 'Good morning')";
        try (var app = Sql.superuser().caller(org, "service").open()) {
            app.column(owe.formatted(ada.email()));
            app.column(owe.formatted("eve@example.com, bob@example.com"));
            app.column(owe.formatted("Eve <eve@example.com>"));
            app.commit();
        }
        Mailed.until(() -> waits("1").isEmpty());
        var messages = messagesTo(ada.email());
        assertEquals(1, messages.size());
        var message = messages.get(0);
        assertTrue(message.getSubject().startsWith("Line Bcc: eve@example.com xxx"));
        assertEquals(200, message.getSubject().length());
        assertNull(message.getHeader("Bcc"));
        assertEquals("Good morning", GreenMailUtil.getBody(message).strip());
        assertEquals(
                List.of("the address is malformed", "the address is malformed"),
                Sql.superuser().column("select reason from outbox_rejected where org_id = '" + org + "'"));
    }

    @Test
    void a_calendar_part_says_its_method_and_is_the_attachment() throws Exception {
        server.start();
        var event = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n";
        var mail = new Email(ada.email(), "An appointment", "On Tuesday", null, new CalendarPart("REQUEST", event));
        Arc.container()
                .instance(MailTransport.class)
                .get()
                .send(UUID.randomUUID(), mail)
                .onFailure(PeerAway.class) // over a connection to another test's server; the outbox repeats it, too
                .retry()
                .atMost(3)
                .repeat()
                .atMost(2) // each time with one attachment
                .collect()
                .last()
                .await()
                .indefinitely();
        var messages = messagesTo(ada.email());
        assertTrue(messages.size() >= 2);
        var parts = (MimeMultipart) messages.get(messages.size() - 1).getContent();
        assertEquals(2, parts.getCount());
        assertEquals("On Tuesday", ((String) parts.getBodyPart(0).getContent()).strip());
        var type = new ContentType(parts.getBodyPart(1).getContentType());
        assertEquals("text/calendar", type.getBaseType());
        assertEquals("REQUEST", type.getParameter("method"));
        assertEquals("invite.ics", parts.getBodyPart(1).getFileName());
        assertEquals(event, new String(parts.getBodyPart(1).getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static MailTransport toFolder(Path folder) {
        return new MailTransport(null, Optional.of(folder), "no-reply@example.com");
    }

    void sooner() {
        Sql.superuser()
                .run("update outbox set lease_until = now() where destination = 'mail' and org_id = '"
                        + ada.caller().orgId() + "'");
    }

    List<String> waits(String column) {
        return Sql.superuser()
                .column("select " + column + " from outbox where destination = 'mail' and org_id = '"
                        + ada.caller().orgId() + "'");
    }

    String received(String email) throws Exception {
        var messages = messagesTo(email);
        assertFalse(messages.isEmpty(), "nothing to " + email);
        return GreenMailUtil.getBody(messages.get(0)).replace("=\r\n", "").replace("=3D", "=");
    }

    /** Mails that other tests owe may come to the server, too. */
    List<MimeMessage> messagesTo(String email) throws Exception {
        var found = new ArrayList<MimeMessage>();
        for (var message : server.getReceivedMessages()) {
            if (message.getAllRecipients()[0].toString().equals(email)) {
                found.add(message);
            }
        }
        return found;
    }
}
