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

/** Where letters land instead of being sent: a file each, as mail programs open them. For development. */
class MailFolder {
    private final Path folder;
    private final String from;

    MailFolder(Path folder, String from) {
        this.folder = folder;
        this.from = from;
    }

    /** Blocks. A letter that comes twice is one file. */
    Path put(UUID id, Email letter) {
        var file = folder.resolve(id + ".eml");
        try {
            Files.createDirectories(folder, only("rwx------"));
            var draft = Files.createTempFile(folder, ".draft", "", only("rw-------"));
            Files.writeString(draft, message(id, letter));
            return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("No mail can be put into " + folder, e);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> only(String owners) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(owners));
    }

    private String message(UUID id, Email letter) {
        return String.join(
                "\r\n",
                "From: " + from,
                "To: " + letter.to(),
                "Subject: " + letter.subject(),
                "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)),
                "Message-ID: " + messageId(id),
                "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=" + StandardCharsets.UTF_8,
                "Content-Transfer-Encoding: 8bit",
                "",
                letter.text().replace("\n", "\r\n"),
                "");
    }

    /** The same however often a letter is sent, so that a second copy can be told. */
    static String messageId(UUID id) {
        return "<" + id + "@switchboard>";
    }
}
