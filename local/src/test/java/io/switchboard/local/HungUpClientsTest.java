package io.switchboard.local;

import static io.switchboard.local.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clients that hang up in mid-request must not cost pool connections (quarkusio/quarkus#51576). */
class HungUpClientsTest {
    private static final int ROUNDS = 20;
    private static final int CLIENTS = 64;

    @Test
    void every_connection_comes_back_and_every_endpoint_answers() throws IOException {
        var running = RunningSuite.ready();
        var acme = running.newTenant();
        var contact = acme.api.post(Service.CRM, "/api/contacts", Map.of("name", "Ada", "phone", "+4930123456"));
        var requests = List.of(
                request(Service.CRM, "GET /api/contacts/" + contact.path("id").asText(), acme, ""),
                request(Service.CRM, "GET /api/contacts", acme, ""),
                request(Service.CRM, "POST /api/contacts", acme, "{\"name\":\"Bob\"}"),
                request(Service.CRM, "PATCH /api/contacts/" + contact.path("id").asText(), acme, "{\"notes\":\"x\"}"),
                request(Service.VOICE, "GET /api/calls", acme, ""),
                request(Service.AUDIT, "GET /api/audit/logs", acme, ""),
                request(Service.AUTH, "GET /api/clients", acme, ""));
        for (int round = 0; round < ROUNDS; round++) {
            hangUp(running, requests);
        }

        // What was begun for them is still being ended, and a service may say so for a moment (503).
        await("it has been ended")
                .until(() -> acme.api.get(Service.CRM, "/api/contacts").status() == 200);
        for (int i = 0; i < 40; i++) {
            acme.api.read(Service.CRM, "/api/contacts/" + contact.path("id").asText());
            acme.api.post(Service.CRM, "/api/contacts", Map.of("name", "Cleo"));
            acme.api.read(Service.VOICE, "/api/calls");
            acme.api.read(Service.AUDIT, "/api/audit/logs");
            acme.api.read(Service.AUTH, "/api/clients");
        }
        await("no connection is left in a transaction").until(() -> inTransaction(running) == 0);
        for (var service : Service.values()) {
            assertEquals(false, running.log(service).contains("live transaction"), running.log(service));
        }
    }

    /** What is sent to whom. */
    private record Request(Service service, byte[] bytes) {}

    private static Request request(Service service, String line, Tenant tenant, String body) {
        var text = line + " HTTP/1.1\r\nHost: x\r\nAuthorization: " + tenant.api.authorization()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        return new Request(service, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends all and resets every connection while the answers are being made. */
    private static void hangUp(RunningSuite running, List<Request> requests) throws IOException {
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < CLIENTS; i++) {
            var request = requests.get(i % requests.size());
            var socket = new Socket(
                    InetAddress.getLoopbackAddress(), running.suite.ports().http(request.service()));
            socket.setSoLinger(true, 0); // close resets
            socket.getOutputStream().write(request.bytes());
            sockets.add(socket);
        }
        for (var socket : sockets) {
            socket.close();
        }
    }

    private static int inTransaction(RunningSuite running) {
        var counted = running.column(
                "select count(*) from pg_stat_activity where usename like '%\\_app' and state <> 'idle'");
        return Integer.parseInt(counted.get(0));
    }
}
