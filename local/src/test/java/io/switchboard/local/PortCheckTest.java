package io.switchboard.local;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortCheckTest {

    @Test
    void a_taken_port_is_refused_with_a_way_to_choose_another() throws IOException {
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PortCheck check = new PortCheck();
            check.wants("crm-service", stranger.getLocalPort(), "SWITCHBOARD_CRM_PORT");
            String words = assertThrows(Refusal.class, check::refuseIfTaken).getMessage();
            assertTrue(words.contains("Port " + stranger.getLocalPort() + " is taken"), words);
            assertTrue(words.contains("crm-service"), words);
            assertTrue(words.contains("SWITCHBOARD_CRM_PORT"), words);
        }
    }

    @Test
    void a_port_held_on_all_addresses_counts_as_taken() throws IOException {
        try (ServerSocket stranger = new ServerSocket(0)) {
            assertTrue(PortCheck.isTaken(stranger.getLocalPort()));
        }
    }

    @Test
    void free_ports_pass() {
        Ports ports = Ports.free();
        PortCheck check = new PortCheck();
        check.wants("PostgreSQL", ports.database(), Ports.DATABASE_VARIABLE);
        assertDoesNotThrow(check::refuseIfTaken);
        assertFalse(PortCheck.isTaken(ports.http(Service.VOICE)));
    }

    @Test
    void ports_of_the_environment_win_then_running_then_usual_ones() {
        Map<String, String> environment = Map.of("SWITCHBOARD_CRM_PORT", "18082");
        Ports ports =
                Ports.wanted(environment, service -> service == Service.AUTH ? Integer.valueOf(7001) : null, null);
        assertEquals(18082, ports.http(Service.CRM));
        assertEquals(19082, ports.management(Service.CRM));
        assertEquals(7001, ports.http(Service.AUTH));
        assertEquals(8083, ports.http(Service.VOICE));
        assertEquals(5433, ports.database());
    }

    @Test
    void a_port_that_is_none_is_refused_by_the_name_of_its_variable() {
        Map<String, String> environment = Map.of("SWITCHBOARD_DB_PORT", "many");
        String words = assertThrows(Refusal.class, () -> Ports.wanted(environment, service -> null, null))
                .getMessage();
        assertTrue(words.startsWith("SWITCHBOARD_DB_PORT=many"), words);
    }
}
