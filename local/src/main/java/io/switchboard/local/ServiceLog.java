package io.switchboard.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;

/** The file into which a part of the suite writes what it has to say. */
final class ServiceLog {
    static final long LARGE = 10 << 20;
    private static final int KEPT = 3;
    private static final String START = "==== started ";
    private static final String NOTHING = "(it wrote nothing)";

    private ServiceLog() {}

    /**
     * Marks a new start in a file that only its owner can read. What earlier runs wrote stays; a file that has grown large is kept
     * beside it, and the oldest of those goes.
     */
    static void begin(Path log) {
        try {
            if (Files.exists(log) && Files.size(log) > LARGE) {
                rotate(log);
            }
            if (!Files.exists(log)) {
                PrivateFile.create(log);
            }
            Files.writeString(log, START + Instant.now() + "\n", StandardOpenOption.APPEND);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void rotate(Path log) throws IOException {
        for (int older = KEPT; older > 1; older--) {
            Path newer = old(log, older - 1);
            if (Files.exists(newer)) {
                Files.move(newer, old(log, older), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(log, old(log, 1), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path old(Path log, int number) {
        return log.resolveSibling(log.getFileName() + "." + number);
    }

    /** The last lines since the latest start. */
    static String tail(Path log, int lines) {
        try {
            List<String> all = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            int begun = 0;
            for (int i = 0; i < all.size(); i++) {
                begun = all.get(i).startsWith(START) ? i + 1 : begun;
            }
            return begun == all.size()
                    ? NOTHING
                    : String.join("\n", all.subList(Math.max(begun, all.size() - lines), all.size()));
        } catch (NoSuchFileException absent) {
            return NOTHING;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
