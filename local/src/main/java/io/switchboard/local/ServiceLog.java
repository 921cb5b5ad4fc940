package io.switchboard.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The file into which a part of the suite writes what it has to say. */
final class ServiceLog {
    private ServiceLog() {}

    /** Begins an empty file that only its owner can read; the one before is kept beside it. */
    static void begin(Path log) {
        try {
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            PrivateFile.create(log);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static String tail(Path log, int lines) {
        try {
            List<String> all = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (NoSuchFileException none) {
            return "(it wrote nothing)";
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
