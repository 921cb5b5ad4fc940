package io.switchboard.bench.attack;

import io.switchboard.bench.Pause;
import io.switchboard.local.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;

/** Attacks by connections: half-sent, endless, made-up and never read. */
final class Connections {
    private static final int HOLD_SECONDS = 12;
    private static final String JSON = "Content-Type: application/json\r\n";

    private Connections() {}

    static List<Attack> all() {
        return List.of(
                Attack.on(
                        Service.AUTH,
                        "login-bodies",
                        "350 sign-ins of 1 MB, half-sent",
                        ground -> halfBodies(ground, Service.AUTH, "/api/auth/login", "")),
                Attack.on(
                        Service.CRM,
                        "contact-bodies",
                        "350 contacts of 1 MB, half-sent",
                        ground -> halfBodies(ground, Service.CRM, "/api/contacts", ground.bearer())),
                Attack.on(Service.CRM, "headers", "4,000 half-sent headers of 85 KB", Connections::halfHeaders),
                Attack.on(Service.AUDIT, "methods", "26,000 requests with made-up methods", Connections::methods),
                Attack.on(Service.VOICE, "chunks", "14 chunked bodies of 60 MB", Connections::chunks),
                Attack.on(Service.CRM, "unread", "120 pages of contacts that are never read", Connections::unread));
    }

    private static void halfBodies(Ground ground, Service service, String path, String headers) throws Exception {
        var request = Wire.post(path, headers + JSON, 1_048_000) + "x".repeat(1_030_000);
        hold(ground, service, 350, request);
    }

    private static void halfHeaders(Ground ground) throws Exception {
        var lines = new StringBuilder("GET /api/contacts HTTP/1.1\r\nHost: localhost\r\n");
        for (int i = 0; i < 85; i++) {
            lines.append("X-Filler-")
                    .append(i)
                    .append(": ")
                    .append("x".repeat(1_000))
                    .append("\r\n");
        }
        hold(ground, Service.CRM, 4_000, lines.toString());
    }

    /** Opens and sends all of them, and leaves them as they are for a while. */
    private static void hold(Ground ground, Service service, int count, String text) throws Exception {
        var wires = new ArrayList<Wire>();
        try {
            for (int i = 0; i < count; i++) {
                tryToSend(ground, service, i, text, wires);
            }
            Pause.seconds(HOLD_SECONDS);
        } finally {
            wires.forEach(Wire::close);
        }
    }

    private static void tryToSend(Ground ground, Service service, int number, String text, List<Wire> wires) {
        try {
            var wire = ground.wire(service, number);
            wires.add(wire);
            wire.send(text);
        } catch (IOException refused) {
            // what is over the limits is cut off
        }
    }

    private static void methods(Ground ground) throws Exception {
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 26_000; i++) {
            int number = i;
            tasks.add(() -> ground.send(
                    Service.AUDIT,
                    number,
                    (letters(7_900) + " /api/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes()));
        }
        if (Ground.atOnce(16, tasks).contains(200)) {
            throw new IllegalStateException("a made-up method was answered 200");
        }
    }

    private static String letters(int count) {
        var random = ThreadLocalRandom.current();
        var text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append((char) ('A' + random.nextInt(26)));
        }
        return text.toString();
    }

    private static void chunks(Ground ground) throws Exception {
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 14; i++) {
            int number = i;
            tasks.add(() -> chunked(ground, number));
        }
        if (Ground.atOnce(14, tasks).contains(201)) {
            throw new IllegalStateException("60 MB were taken");
        }
    }

    private static int chunked(Ground ground, int number) {
        var chunk = "10000\r\n" + "x".repeat(65_536) + "\r\n";
        try (Wire wire = ground.wire(Service.VOICE, number)) {
            wire.send("POST /api/webhook-endpoints HTTP/1.1\r\nHost: localhost\r\n" + ground.bearer() + JSON
                    + "Transfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 60 * 16; i++) {
                wire.send(chunk);
            }
            return wire.send("0\r\n\r\n").status();
        } catch (IOException cutOff) {
            return 0;
        }
    }

    private static void unread(Ground ground) throws Exception {
        ground.suite()
                .run(
                        "set search_path = crm, ext; insert into contacts (org_id, id, name, notes, lead_score, lead_status) select '"
                                + ground.attacker().orgId()
                                + "', gen_random_uuid(), 'Long ' || i, repeat('n', 20000), 'cold', 'new' from generate_series(1, 200) i");
        hold(
                ground,
                Service.CRM,
                120,
                "GET /api/contacts?limit=200 HTTP/1.1\r\nHost: localhost\r\n" + ground.bearer() + "\r\n");
    }
}
