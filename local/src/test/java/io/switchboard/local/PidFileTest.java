package io.switchboard.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    @TempDir
    Path folder;

    Process child;

    @BeforeEach
    void start() throws IOException {
        child = new ProcessBuilder("sleep", "60").start();
    }

    @AfterEach
    void stop() {
        child.destroyForcibly();
    }

    @Test
    void a_process_is_found_again_by_what_was_written_down() throws IOException {
        PidFile written = PidFile.of(child.toHandle(), 8082, 9082);
        Path file = folder.resolve("crm.pid");
        written.write(file);
        PidFile read = PidFile.read(file).orElseThrow();
        assertEquals(written, read);
        assertEquals(child.pid(), read.process("sleep").orElseThrow().pid());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void a_later_process_of_the_same_number_is_a_stranger() {
        PidFile written = PidFile.of(child.toHandle(), 1, 2);
        PidFile before = new PidFile(written.pid(), written.started().minus(Duration.ofMinutes(1)), 1, 2);
        assertTrue(before.process("sleep").isEmpty());
    }

    @Test
    void a_process_that_runs_something_else_is_a_stranger() {
        assertTrue(PidFile.of(child.toHandle(), 1, 2).process("quarkus-run.jar").isEmpty());
    }

    @Test
    void a_process_that_ended_is_gone() {
        PidFile written = PidFile.of(child.toHandle(), 1, 2);
        child.destroyForcibly();
        assertTrue(PidFile.awaitEnd(child.toHandle(), Duration.ofSeconds(5)));
        assertTrue(written.process("sleep").isEmpty());
    }

    @Test
    void a_file_that_a_crash_cut_off_counts_as_none() throws IOException {
        Path file = Files.writeString(folder.resolve("half.pid"), "pid=12\nstar");
        assertTrue(PidFile.read(file).isEmpty());
        assertTrue(PidFile.read(folder.resolve("none.pid")).isEmpty());
    }
}
