package io.switchboard.kit.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailFolderTest {
    @TempDir
    Path folder;

    @Test
    void a_letter_is_a_file_that_mail_programs_open() throws Exception {
        var mails = new MailFolder(folder.resolve("mail"), "Switchboard <no-reply@example.com>");
        var id = UUID.randomUUID();
        var letter = new Email("ada@example.com", "Hello", "Für Ada:\n\nhttp://127.0.0.1/#token=abc\n");
        mails.put(id, letter);
        var file = mails.put(id, letter);
        try (var files = Files.list(folder.resolve("mail"))) {
            assertEquals(1, files.count());
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (var bytes = Files.newInputStream(file)) {
            var message = new MimeMessage(null, bytes);
            assertEquals("ada@example.com", message.getRecipients(RecipientType.TO)[0].toString());
            assertEquals("Hello", message.getSubject());
            assertTrue(((String) message.getContent()).startsWith("Für Ada:\r\n\r\nhttp://127.0.0.1/#token=abc"));
        }
    }

    @Test
    void line_breaks_add_no_headers_to_a_mail() throws Exception {
        var letter = new Email("ada@example.com\r\nBcc: bob@example.com", "Hello\n\nBcc: bob@example.com", "text");
        assertEquals("Hello Bcc: bob@example.com", letter.subject());
        assertFalse(letter.to().contains("\n") || letter.to().contains("\r"));
        var file = new MailFolder(folder, "no-reply@example.com").put(UUID.randomUUID(), letter);
        assertTrue(Files.readAllLines(file).stream().noneMatch(line -> line.startsWith("Bcc")));
    }

    @Test
    void a_calendar_part_is_its_attachment() throws Exception {
        var mail = new Email(
                "ada@example.com",
                "Für Ada",
                "On Tuesday",
                null,
                new CalendarPart("CANCEL", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"));
        var file = new MailFolder(folder, "no-reply@example.com").put(UUID.randomUUID(), mail);
        try (var bytes = Files.newInputStream(file)) {
            var parts = (MimeMultipart) new MimeMessage(null, bytes).getContent();
            assertEquals(2, parts.getCount());
            assertEquals("On Tuesday", ((String) parts.getBodyPart(0).getContent()).strip());
            assertTrue(parts.getBodyPart(1).getContentType().contains("method=CANCEL"));
            assertEquals("invite.ics", parts.getBodyPart(1).getFileName());
        }
    }

    @Test
    void a_mail_is_cut_where_it_is_too_long() {
        var mail = new Email("ada@example.com", "x".repeat(1_000), "x".repeat(1_000_000));
        assertEquals(200, mail.subject().length());
        assertEquals(100_000, mail.text().length());
    }

    @Test
    void a_letter_does_not_print_what_it_says() {
        assertEquals("Email[Hello]", new Email("ada@example.com", "Hello", "secret").toString());
    }
}
