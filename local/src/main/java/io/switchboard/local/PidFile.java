package io.switchboard.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * Remembers a process by its number and the instant it began, so that a stranger who was later given the same number is
 * never taken for it.
 *
 * @param pid the process number
 * @param started as the operating system tells it
 * @param port public port
 * @param management port of health and metrics
 */
record PidFile(long pid, Instant started, int port, int management) {
    /** The system's clock may have been corrected between two readings of the same instant. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private static final long LOOK_EVERY_MILLIS = 25;

    static PidFile of(ProcessHandle process, int port, int management) {
        return new PidFile(process.pid(), process.info().startInstant().orElseGet(Instant::now), port, management);
    }

    static Optional<PidFile> read(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            Properties lines = new Properties();
            lines.load(reader);
            return Optional.of(new PidFile(
                    Long.parseLong(lines.getProperty("pid")),
                    Instant.parse(lines.getProperty("started")),
                    Integer.parseInt(lines.getProperty("port")),
                    Integer.parseInt(lines.getProperty("management"))));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IllegalArgumentException | NullPointerException | java.time.DateTimeException unreadable) {
            return Optional.empty(); // cut off by a crash: as if absent
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    void write(Path file) {
        PrivateFile.write(
                file, "pid=" + pid + "\nstarted=" + started + "\nport=" + port + "\nmanagement=" + management + "\n");
    }

    /**
     * The process, if it still runs and is the one that was written down.
     *
     * @param word a part of its command line
     */
    Optional<ProcessHandle> process(String word) {
        return alive(pid, started, word);
    }

    /**
     * The process of that number, unless it began after the given instant or runs something else: then it is a stranger.
     *
     * @param known an instant at which the process meant was already running
     * @param word a part of its command line
     */
    static Optional<ProcessHandle> alive(long pid, Instant known, String word) {
        return ProcessHandle.of(pid)
                .filter(PidFile::runs)
                .filter(process -> beganBy(known.plus(TOLERANCE), process.info()))
                .filter(process -> mentions(word, process.info()));
    }

    private static boolean beganBy(Instant known, ProcessHandle.Info process) {
        return process.startInstant().map(start -> !start.isAfter(known)).orElse(false);
    }

    /** A system that does not show command lines leaves it at the instant. */
    private static boolean mentions(String word, ProcessHandle.Info process) {
        return process.commandLine().map(line -> line.contains(word)).orElse(true);
    }

    /** Waits for the end of a process, also of one that is not our child; false if it still runs after the time. */
    static boolean awaitEnd(ProcessHandle process, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (runs(process)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** Zombies do not count: in a container there may be no parent that collects them. */
    private static boolean runs(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"), ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException noSuchFile) {
            return process.isAlive(); // gone in this moment, or a system without /proc
        }
    }
}
