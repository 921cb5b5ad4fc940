package io.switchboard.kit.mail;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** A folder that gets mails instead of a mail server: an .eml file each. For development. */
class MailFolder {
    private final Path folder;
    private final String from;

    MailFolder(Path folder, String from) {
        this.folder = folder;
        this.from = from;
    }

    /** Blocks. A mail that is sent twice is one file. */
    Path put(UUID id, Email email) {
        var file = folder.resolve(id + ".eml");
        try {
            Files.createDirectories(folder, only("rwx------"));
            var draft = Files.createTempFile(folder, ".draft", "", only("rw-------"));
            Files.writeString(draft, message(id, email));
            return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot write mail into " + folder + ". Make it writable, or unset switchboard.mail.folder.", e);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> only(String owners) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(owners));
    }

    private String message(UUID id, Email email) {
        var head = List.of(
                "From: " + from,
                "To: " + email.to(),
                "Subject: " + email.subject(),
                "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(OffsetDateTime.now(ZoneOffset.UTC)),
                "Message-ID: " + messageId(id),
                "MIME-Version: 1.0");
        var text = part("text/plain; charset=UTF-8", email.text().replace("\n", "\r\n"));
        var calendar = email.calendar();
        return String.join("\r\n", head)
                + "\r\n"
                + (calendar == null ? text : parts(id, text, part(calendar.contentType(), calendar.text())));
    }

    private static String part(String contentType, String text) {
        return String.join("\r\n", "Content-Type: " + contentType, "Content-Transfer-Encoding: 8bit", "", text, "");
    }

    private static String parts(UUID id, String... parts) {
        var line = "--" + id; // which no text knows before
        var all = String.join("\r\n", "Content-Type: multipart/mixed; boundary=\"" + id + "\"", "", "");
        return all + Stream.of(parts).map(part -> line + "\r\n" + part + "\r\n").collect(joining()) + line + "--\r\n";
    }

    /** The same for each try, so that mail programs recognize a second copy. */
    static String messageId(UUID id) {
        return "<" + id + "@switchboard>";
    }
}
