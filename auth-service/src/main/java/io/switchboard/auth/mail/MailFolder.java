package io.switchboard.auth.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.UUID;

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
        return String.join(
                "\r\n",
                "From: " + from,
                "To: " + email.to(),
                "Subject: " + email.subject(),
                "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)),
                "Message-ID: " + messageId(id),
                "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=" + StandardCharsets.UTF_8,
                "Content-Transfer-Encoding: 8bit",
                "",
                email.text().replace("\n", "\r\n"),
                "");
    }

    /** The same for each try, so that mail programs recognize a second copy. */
    static String messageId(UUID id) {
        return "<" + id + "@switchboard>";
    }
}
