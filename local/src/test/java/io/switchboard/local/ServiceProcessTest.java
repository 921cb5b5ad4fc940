package io.switchboard.local;

import static io.switchboard.local.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessTest {
    @TempDir
    Path folder;

    @Test
    void each_start_is_added_to_the_log_with_the_heap_asked_for() throws IOException {
        Layout layout = new Layout(FakeHome.in(folder.resolve("home")), folder.resolve("data"));
        layout.create();
        ServiceProcess service = new ServiceProcess(layout, Service.CRM);
        Ports ports = Ports.free();
        String heaps = "";
        for (String options : new String[] {"", " -Xmx100m  -Dunused=yes "}) {
            service.start(
                    ports,
                    Map.of(
                            "QUARKUS_MANAGEMENT_PORT",
                            Integer.toString(ports.management(Service.CRM)),
                            "SWITCHBOARD_JVM_OPTIONS",
                            options));
            await("the service is ready").until(service::ready);
            service.kill();
            String written = service.logTail(20);
            assertTrue(written.startsWith("fake service"), written);
        }
        String log = Files.readString(layout.log("crm-service"));
        assertEquals(2, Pattern.compile("==== started").matcher(log).results().count(), log);
        heaps = Pattern.compile("heap MiB: (\\d+)")
                .matcher(log)
                .results()
                .map(m -> m.group(1))
                .toList()
                .toString();
        assertTrue(heaps.matches("\\[2[45]\\d, (9\\d|100)]"), heaps);
    }

    @Test
    void a_large_log_is_put_aside_and_the_oldest_goes() throws IOException {
        Path log = folder.resolve("some.log");
        for (int run = 1; run <= 5; run++) {
            ServiceLog.begin(log);
            Files.writeString(log, "run " + run + "\n" + "x".repeat((int) ServiceLog.LARGE));
        }
        ServiceLog.begin(log);
        assertEquals("(it wrote nothing)", ServiceLog.tail(log, 5));
        for (int older = 1; older <= 3; older++) {
            assertTrue(Files.readString(folder.resolve("some.log." + older)).startsWith("run " + (6 - older)));
        }
        assertEquals(4, folder.toFile().list().length);
    }
}
