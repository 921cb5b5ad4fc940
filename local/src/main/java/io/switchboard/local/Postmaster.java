package io.switchboard.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What PostgreSQL itself writes down about the server on a data folder ({@code postmaster.pid}).
 *
 * @param data the folder
 * @param pid the process number
 * @param started when it wrote its file
 * @param ready whether it takes connections
 */
record Postmaster(Path data, long pid, Instant started, int port, boolean ready) {

    static Path file(Path data) {
        return data.resolve("postmaster.pid");
    }

    static Optional<Postmaster> read(Path data) {
        try {
            List<String> lines = Files.readAllLines(file(data));
            if (lines.size() < 4) {
                return Optional.empty(); // being written
            }
            return Optional.of(new Postmaster(
                    data,
                    Long.parseLong(lines.get(0).strip()),
                    Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip())),
                    Integer.parseInt(lines.get(3).strip()),
                    lines.size() > 7 && lines.get(7).strip().equals("ready")));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (NumberFormatException unreadable) {
            return Optional.empty();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    Optional<ProcessHandle> process() {
        return PidFile.alive(pid, started, data.toString());
    }
}
