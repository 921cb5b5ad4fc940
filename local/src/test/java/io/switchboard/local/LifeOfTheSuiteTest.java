package io.switchboard.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting and stopping, with a real PostgreSQL and processes that only answer their health address. */
class LifeOfTheSuiteTest {
    @TempDir
    Path folder;

    Layout layout;
    Suite suite;

    @BeforeEach
    void build() throws IOException {
        Path home = FakeHome.in(folder.resolve("a home"));
        // As built some time ago: what was built after it started is started again.
        for (Service service : Service.values()) {
            Path jar = new Layout(home, home).jar(service);
            Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
        }
        layout = new Layout(home, home.resolve(".switchboard"));
        suite = new Suite(layout, Ports.free(), null, Progress.silent());
    }

    @AfterEach
    void stop() {
        suite.down();
    }

    @Test
    void up_starts_only_what_is_missing_and_down_stops_all() {
        assertTrue(suite.up());
        assertEquals("ready ready ready ready ready", states());
        long auth = pid(Service.AUTH);
        assertFalse(suite.up());

        suite.service(Service.CRM).kill();
        suite.postgres().orElseThrow().kill();
        assertEquals("stopped ready stopped ready ready", states());
        upOnceItsPortsAreFree(suite);
        assertEquals("ready ready ready ready ready", states());
        assertEquals(auth, pid(Service.AUTH));

        Suite another = Suite.of(layout, Map.of(), Progress.silent());
        assertEquals(suite.ports().http(), another.ports().http());
        assertTrue(another.down());
        assertEquals("stopped stopped stopped stopped stopped", states());
        assertFalse(another.down());
    }

    /** The ports of a killed process are free a moment after its end. */
    static void upOnceItsPortsAreFree(Suite suite) {
        Patience.await("the killed process's ports").until(suite::up);
    }

    @Test
    void what_a_run_started_it_stops_and_nothing_else() {
        suite.up();
        suite.service(Service.VOICE).kill();
        Suite later = new Suite(layout, suite.ports(), null, Progress.silent());
        upOnceItsPortsAreFree(later);
        later.stopStartedHere();
        assertEquals("ready ready ready stopped ready", states());
    }

    @Test
    void a_service_built_anew_is_started_again() throws IOException {
        suite.up();
        long before = pid(Service.AUDIT);
        Files.setLastModifiedTime(
                layout.jar(Service.AUDIT), FileTime.from(Instant.now().plusSeconds(5)));
        suite.up();
        assertTrue(pid(Service.AUDIT) != before);
    }

    @Test
    void what_runs_is_not_moved_to_another_port_unasked() {
        suite.up();
        Suite elsewhere = Suite.of(layout, Map.of("SWITCHBOARD_CRM_PORT", "18082"), Progress.silent());
        String words = assertThrows(Refusal.class, elsewhere::up).getMessage();
        assertTrue(words.startsWith("crm-service runs on port " + suite.ports().http(Service.CRM)), words);
    }

    @Test
    void a_service_that_is_not_built_is_named_before_anything_starts() throws IOException {
        Files.delete(layout.jar(Service.VOICE));
        String words = assertThrows(Refusal.class, suite::up).getMessage();
        assertTrue(words.startsWith("voice-service is not built"), words);
        assertEquals("stopped stopped stopped stopped stopped", states());
    }

    @Test
    void a_service_that_dies_at_start_is_shown_with_its_log() throws IOException {
        Files.write(layout.jar(Service.CRM), new byte[] {1, 2, 3});
        String words = assertThrows(Refusal.class, suite::up).getMessage();
        assertTrue(words.startsWith("crm-service ended while it was starting"), words);
        assertTrue(words.contains("Invalid or corrupt jarfile"), words);
        suite.stopStartedHere();
        assertEquals("stopped stopped stopped stopped stopped", states());
    }

    private long pid(Service service) {
        return suite.service(service).process().orElseThrow().pid();
    }

    private String states() {
        return suite.status().stream()
                .map(part -> part.state().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }
}
