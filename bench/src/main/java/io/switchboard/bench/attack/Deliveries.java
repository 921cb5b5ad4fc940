package io.switchboard.bench.attack;

import io.switchboard.bench.Pause;
import io.switchboard.local.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Attacks by webhook deliveries: few bytes that cost much, many events in one, and unsigned bodies. */
final class Deliveries {
    private Deliveries() {}

    static List<Attack> all() {
        return List.of(
                Attack.on(
                        Service.VOICE,
                        "exponents",
                        "reports with costs of 1e-300000000 and the like",
                        Deliveries::exponents),
                Attack.on(Service.VOICE, "tool-ids", "deliveries of 2 MB with 200 tool calls", Deliveries::toolIds),
                Attack.on(
                        Service.VOICE,
                        "arrays",
                        "4 clients with arrays of 60,000, and 1,700,000 elements",
                        Deliveries::arrays),
                Attack.on(Service.VOICE, "forms", "unsigned forms of a million fields", Deliveries::forms),
                Attack.on(
                        Service.VOICE, "held-bodies", "43 unsigned bodies of 5 MB, half-sent", Deliveries::heldBodies),
                Attack.on(
                        Service.VOICE,
                        "summaries",
                        "60 calls with summaries of 4 MB, then lists",
                        Deliveries::summaries));
    }

    private static void exponents(Ground ground) throws Exception {
        for (var cost : List.of("1e-30000000", "1e-300000000", "1e-999999999", "1e300000000", "9".repeat(900_000))) {
            accept(ground.send(Service.VOICE, 0, ground.vapi().vapi(report("\"cost\":" + cost))));
        }
        Pause.seconds(10);
    }

    private static void toolIds(Ground ground) throws Exception {
        for (int round = 0; round < 8; round++) {
            var body = toolCalls(200, 2_000_000);
            accept(ground.send(Service.VOICE, round, ground.vapi().vapi(body)));
        }
        Pause.seconds(5);
    }

    /** @param pad bytes that the body has besides */
    static String toolCalls(int ids, int pad) {
        var calls = new StringBuilder();
        for (int i = 0; i < ids; i++) {
            calls.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"")
                    .append(UUID.randomUUID())
                    .append("\",\"function\":{\"name\":\"look\",\"arguments\":{}}}");
        }
        return "{\"message\":{\"type\":\"tool-calls\",\"timestamp\":" + System.currentTimeMillis()
                + ",\"toolCallList\":[" + calls + "],\"call\":{\"id\":\"" + UUID.randomUUID() + "\"},\"pad\":\""
                + "p".repeat(pad) + "\"}}";
    }

    private static void arrays(Ground ground) throws Exception {
        accept(ground.send(Service.VOICE, 0, ground.twilio().twilioJson(array(1_700_000))));
        var small = ground.twilio().twilioJson(array(60_000));
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 400; i++) {
            int number = i;
            tasks.add(() -> ground.send(Service.VOICE, number, small));
        }
        Ground.atOnce(4, tasks);
    }

    private static String array(int elements) {
        return "[" + "{},".repeat(elements - 1) + "{}]";
    }

    private static void forms(Ground ground) throws Exception {
        var fields = new StringBuilder();
        for (int i = 0; fields.length() < 5_200_000; i++) {
            fields.append(i == 0 ? "" : "&").append(Integer.toString(i, 36));
        }
        var large = ground.twilio().forgedForm(fields.toString());
        var fitting = ground.twilio().forgedForm(fields.substring(0, 2_000_000));
        for (int i = 0; i < 10; i++) {
            ground.send(Service.VOICE, i, i % 2 == 0 ? large : fitting);
        }
    }

    private static void heldBodies(Ground ground) throws Exception {
        var wires = new ArrayList<Wire>();
        try {
            for (int i = 0; i < 43; i++) {
                var wire = ground.wire(Service.VOICE, i);
                wires.add(wire);
                send(
                        wire,
                        Wire.post(ground.vapi().url().getPath(), "", 5_240_000)
                                + "x".repeat(i < 6 ? 5_200_000 : 60_000));
            }
            Pause.seconds(12);
        } finally {
            wires.forEach(Wire::close);
        }
    }

    private static void send(Wire wire, String text) {
        try {
            wire.send(text);
        } catch (IOException cutOff) {
            // what is over the budget is cut off
        }
    }

    private static void summaries(Ground ground) throws Exception {
        for (int i = 0; i < 60; i++) {
            accept(ground.send(
                    Service.VOICE, i, ground.vapi().vapi(report("\"summary\":\"" + "s".repeat(4_000_000) + "\""))));
        }
        var list = ("GET /api/calls?limit=200 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + ground.bearer()
                        + "\r\n")
                .getBytes();
        for (int i = 0; i < 20; i++) {
            accept(ground.send(Service.VOICE, i, list));
        }
    }

    private static String report(String field) {
        return "{\"message\":{\"type\":\"end-of-call-report\",\"timestamp\":" + System.currentTimeMillis() + "," + field
                + ",\"call\":{\"id\":\"" + UUID.randomUUID() + "\"}}}";
    }

    private static void accept(int status) {
        if (status != 200 && status != 429 && status != 503) {
            throw new IllegalStateException("was answered " + status);
        }
    }
}
