package io.switchboard.audit.export;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.switchboard.kit.access.AccessFilter;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An export is larger than memory, and its client slower than the database. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class LargeExportTest {
    private static final int RECORDS = 20_000;
    private static final int MOST_HELD = 32 * 1024 * 1024;

    @Inject
    AccessFilter requests;

    final Caller acme = Caller.adminOfNewOrg();

    @Test
    void an_export_takes_no_more_memory_than_it_is_long() throws IOException {
        fill(2_000); // 60 MB in all
        long before = heap();
        long most = 0;
        try (var socket = open("/api/audit/logs/export")) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            int records = 0;
            String end = "";
            for (var line = in.readLine(); line != null && end.isEmpty(); line = in.readLine()) {
                if (line.startsWith("{\"id\"")) {
                    records++;
                    if (records % 5_000 == 1) {
                        most = Math.max(most, heap()); // the client reads on only after a collection
                    }
                } else if (line.startsWith("{\"end\"")) {
                    end = line;
                }
            }
            assertEquals(RECORDS, records);
            assertEquals("{\"end\": true, \"records\": " + RECORDS + "}", end);
        }
        long held = most - before;
        assertTrue(held < MOST_HELD, held + " bytes were held");
    }

    @Test
    void a_client_that_hangs_up_ends_its_export() throws IOException {
        fill(2_000);
        try (var socket = open("/api/audit/logs/export?format=csv")) {
            assertTrue(socket.getInputStream().read(new byte[1024]) > 0);
            assertEquals(1, requests.inFlight());
        }
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertEquals(0, requests.inFlight()));
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertEquals(0, busyConnections()));
        assertEquals(
                "1",
                Sql.superuser()
                        .value("select count(*) from audit_logs where action = 'export' and org_id = '" + acme.orgId()
                                + "'"));
    }

    private static long busyConnections() {
        return Sql.superuser()
                .number("select count(*) from pg_stat_activity where usename = 'audit_app' and state <> 'idle'"
                        + " and datname = current_database()");
    }

    private void fill(int bytes) {
        Sql.superuser()
                .withoutTriggers()
                .run("insert into audit_logs (org_id, id, occurred_at, actor_id, actor_type, action, resource_type,"
                        + " resource_id, service, new_data, request_id, outcome, no) select '" + acme.orgId()
                        + "', uuid_v7(), now() - i * interval '1 s', 'ada', 'user', 'create', 'contacts', i::text,"
                        + " 'crm-service', jsonb_build_object('text', repeat(md5(i::text), " + bytes / 32
                        + ")), 'r' || i, 'success', nextval('record_no') from generate_series(1, " + RECORDS + ") i");
    }

    private Socket open(String path) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(64 * 1024);
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress("127.0.0.1", RestAssured.port));
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + acme.token()
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    /** What is reachable, the client's part included. */
    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
