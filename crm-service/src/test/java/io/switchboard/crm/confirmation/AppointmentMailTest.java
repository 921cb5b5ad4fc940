package io.switchboard.crm.confirmation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.crm.BookedBySql;
import io.switchboard.kit.test.FreePort;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real SMTP server, which is there or not as each test has it. */
@QuarkusTest
@TestProfile(AppointmentMailTest.Smtp.class)
@QuarkusTestResource(PostgresResource.class)
class AppointmentMailTest {
    final UUID acme = UUID.randomUUID();
    final BookedBySql booked = new BookedBySql(acme);
    final String email = "ada-" + UUID.randomUUID() + "@example.com";
    UUID contact;
    GreenMail server;

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
    void prepare() {
        contact = booked.contact(email);
        var smtp = new ServerSetup(
                ConfigProvider.getConfig().getValue("quarkus.mailer.port", Integer.class), "127.0.0.1", "smtp");
        smtp.setServerStartupTimeout(20_000);
        server = new GreenMail(smtp);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void a_booking_a_move_and_a_cancellation_reach_the_contacts_calendar() throws Exception {
        server.start();
        var visit = booked.appointment(contact, "25 hours", null);
        booked.set(visit, "calendar_link = 'https://meet.example.com/1'");
        var invitation = mail(1);
        assertEquals("Appointment: Cleaning", invitation.getSubject());
        assertEquals("Switchboard <no-reply@example.com>", invitation.getHeader("From")[0]);
        var text = (String)
                ((MimeMultipart) invitation.getContent()).getBodyPart(0).getContent();
        assertTrue(
                text.matches("(?s)Cleaning\\R\\w+, \\w+ \\d+, \\d{4} at [\\d:]+ [AP]M \\(UTC\\), 30 minutes\\R.*"),
                text);
        var event = calendar(invitation, "REQUEST");
        assertTrue(event.contains("UID:" + visit + "@switchboard"), event);
        assertTrue(event.contains("SEQUENCE:0"), event);
        assertTrue(event.replace("\r\n ", "").contains("mailto:no-reply@example.com"), event);
        await().until(() -> booked.value(visit, "confirmation_sent").equals("t"));
        assertEquals("1", booked.value(visit, "version"), "as the link left it");

        booked.set(visit, "status = 'confirmed'"); // no news for the contact
        booked.set(visit, "scheduled_at = scheduled_at + interval '1 hour'");
        var change = mail(2);
        assertEquals("Appointment changed: Cleaning", change.getSubject());
        assertTrue(calendar(change, "REQUEST").contains("SEQUENCE:2"), calendar(change, "REQUEST"));

        booked.set(visit, "status = 'cancelled'");
        var cancellation = mail(3);
        assertEquals("Appointment cancelled: Cleaning", cancellation.getSubject());
        var gone = calendar(cancellation, "CANCEL");
        assertTrue(gone.contains("SEQUENCE:3") && gone.contains("STATUS:CANCELLED"), gone);
        booked.set(visit, "deleted_at = now()"); // it is cancelled already
        sent();
        assertEquals(3, received().size());
        assertEquals(
                3, received().stream().map(AppointmentMailTest::id).distinct().count());
    }

    @Test
    void of_what_changes_while_mail_waits_only_the_outcome_is_sent() throws Exception {
        var moved = booked.appointment(contact, "25 hours", null);
        booked.set(moved, "scheduled_at = scheduled_at + interval '1 hour'");
        booked.set(moved, "scheduled_at = scheduled_at - interval '1 hour'");
        var deleted = booked.appointment(contact, "30 hours", null);
        booked.set(deleted, "deleted_at = now()");
        var cancelled = booked.appointment(contact, "35 hours", null);
        booked.set(cancelled, "status = 'cancelled'");
        var begun = booked.appointment(contact, "40 hours", null);
        Sql.superuser()
                .withoutTriggers()
                .run("update appointments set scheduled_at = now() - interval '1 minute' where id = '" + begun + "'");
        await().until(() -> Sql.superuser()
                        .number("select count(*) from outbox where destination = 'appointment-mail' and org_id = '"
                                + acme + "'")
                > 0);
        assertFalse(Sql.superuser()
                .column("select event::text from outbox where destination = 'appointment-mail' and org_id = '" + acme
                        + "'")
                .toString()
                .contains(email));
        server.start();
        sent();
        assertEquals(1, received().size());
        var event = calendar(mail(1), "REQUEST");
        assertTrue(event.contains("UID:" + moved) && event.contains("SEQUENCE:2"), event);
        assertEquals("t", booked.value(moved, "confirmation_sent"));
        assertEquals("f", booked.value(deleted, "confirmation_sent"));
    }

    @Test
    void a_contact_without_an_address_and_a_past_appointment_owe_no_mail() {
        booked.appointment(booked.contact(null), "25 hours", null);
        booked.appointment(contact, "-25 hours", null);
        assertEquals(
                0,
                Sql.superuser()
                        .number("select count(*) from outbox where destination = 'appointment-mail' and org_id = '"
                                + acme + "'"));
    }

    @Test
    void what_is_cancelled_while_its_mail_is_on_the_way_is_cancelled_by_mail() throws Exception {
        var visit = booked.appointment(contact, "25 hours", null);
        booked.set(visit, "status = 'cancelled'"); // as if the server had the first mail, and we had not noted it yet
        booked.set(visit, "confirmation_sent = true");
        server.start();
        assertEquals("Appointment cancelled: Cleaning", mail(1).getSubject());
        sent();
        assertEquals(1, received().size());
    }

    @Test
    void a_restored_appointment_is_sent_again() throws Exception {
        server.start();
        var visit = booked.appointment(contact, "25 hours", null);
        mail(1);
        await().until(() -> booked.value(visit, "confirmation_sent").equals("t"));
        booked.set(visit, "deleted_at = now()");
        calendar(mail(2), "CANCEL");
        booked.set(visit, "deleted_at = null");
        assertTrue(calendar(mail(3), "REQUEST").contains("SEQUENCE:2"));
    }

    /** What came to the contact: mails that other tests owe may come to the server, too. */
    private List<MimeMessage> received() {
        return Stream.of(server.getReceivedMessages())
                .filter(message -> recipient(message).equals(email))
                .toList();
    }

    private static String recipient(MimeMessage message) {
        try {
            return message.getAllRecipients()[0].toString();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private MimeMessage mail(int number) {
        await().atMost(Duration.ofSeconds(20)).until(() -> received().size() >= number);
        return received().get(number - 1);
    }

    /** Waits until the organization owes no mail. */
    private void sent() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Sql.superuser()
                                .number(
                                        "select count(*) from outbox where destination = 'appointment-mail' and org_id = '"
                                                + acme + "'")
                        == 0);
    }

    private static String calendar(MimeMessage message, String method) throws Exception {
        var part = ((MimeMultipart) message.getContent()).getBodyPart(1);
        assertTrue(part.getContentType().replace("\"", "").contains("method=" + method), part.getContentType());
        assertEquals("invite.ics", part.getFileName());
        var text = new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(text.contains("METHOD:" + method), text);
        return text;
    }

    private static String id(MimeMessage message) {
        try {
            return message.getMessageID();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
