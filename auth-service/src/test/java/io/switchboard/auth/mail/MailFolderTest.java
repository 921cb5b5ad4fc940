package io.switchboard.auth.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.internet.MimeMessage;
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
    void a_letter_does_not_print_what_it_says() {
        assertEquals("Email[Hello]", new Email("ada@example.com", "Hello", "secret").toString());
    }
}
