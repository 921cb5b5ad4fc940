package io.switchboard.bench.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.switchboard.bench.Api;
import io.switchboard.bench.Pause;
import io.switchboard.local.Service;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;

/** Attacks by ordinary requests, many at once: updates, audit batches, searches, sign-ins, refreshes. */
final class Workloads {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String JSON_TYPE = "Content-Type: application/json\r\n";

    private Workloads() {}

    static List<Attack> all() {
        return List.of(
                Attack.on(Service.CRM, "updates", "600 updates of texts that do not pack", Workloads::updates),
                Attack.on(Service.AUDIT, "batches", "16 audit batches of 1,000 events of 30 KB", Workloads::batches),
                Attack.on(Service.CRM, "searches", "24 searches for a letter in 200,000 contacts", Workloads::searches),
                Attack.on(Service.AUTH, "sign-ins", "150 sign-ins of strangers at once", Workloads::signIns),
                Attack.on(Service.AUTH, "refreshes", "50 refreshes of one token at once", Workloads::refreshes));
    }

    private static void updates(Ground ground) throws Exception {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 300; i++) {
            ids.add(Api.post(
                            ground.suite().url(Service.CRM) + "/api/contacts",
                            ground.attacker().accessToken(),
                            Map.of("name", "Contact " + i))
                    .path("id")
                    .asText());
        }
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 600; i++) {
            var id = ids.get(i % ids.size());
            tasks.add(() -> patch(ground, id));
        }
        Ground.atOnce(40, tasks);
        waitFor("the outbox is empty", 60, () -> ground.suite().number("select count(*) from crm.outbox") == 0);
    }

    private static int patch(Ground ground, String id) throws Exception {
        var interests = new ArrayList<String>();
        for (int i = 0; i < 50; i++) {
            interests.add(random(99));
        }
        var body = JSON.writeValueAsBytes(
                Map.of("name", random(180), "notes", random(7_900), "serviceInterests", interests));
        var request = HttpRequest.newBuilder(URI.create(ground.suite().url(Service.CRM) + "/api/contacts/" + id))
                .header("Authorization", "Bearer " + ground.attacker().accessToken())
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static String random(int characters) {
        var random = ThreadLocalRandom.current();
        var text = new StringBuilder();
        while (text.length() < characters) {
            text.append((char) (0x4e00 + random.nextInt(20_000)));
        }
        return text.toString();
    }

    private static void batches(Ground ground) throws Exception {
        var token = serviceToken(ground);
        var packed = packedBatch(ground);
        var head = Wire.post(
                        "/api/audit/events",
                        "Authorization: Bearer " + token + "\r\n" + JSON_TYPE + "Content-Encoding: gzip\r\n",
                        packed.length)
                .getBytes(StandardCharsets.US_ASCII);
        var request = new byte[head.length + packed.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(packed, 0, request, head.length, packed.length);
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 48; i++) {
            int number = i;
            tasks.add(() -> ground.send(Service.AUDIT, number, request));
        }
        Ground.atOnce(16, tasks);
    }

    private static byte[] packedBatch(Ground ground) throws IOException {
        var events = new ArrayList<Map<String, ?>>();
        for (int i = 0; i < 1_000; i++) {
            events.add(Map.of(
                    "id", UUID.randomUUID().toString(),
                    "orgId", ground.attacker().orgId().toString(),
                    "occurredAt", "2026-11-20T10:00:00Z",
                    "actorType", "system",
                    "action", "update",
                    "resourceType", "contacts",
                    "service", "crm-service",
                    "outcome", "success",
                    "newData", Map.of("notes", "n".repeat(30_000))));
        }
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            JSON.writeValue(gzip, events);
        }
        return bytes.toByteArray();
    }

    private static String serviceToken(Ground ground) throws Exception {
        var form = "grant_type=client_credentials&client_id=crm-service&resource=audit-service&client_secret="
                + URLEncoder.encode(ground.suite().clientSecret(Service.CRM), StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(URI.create(ground.suite().url(Service.AUTH) + "/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        JsonNode answer = JSON.readTree(
                CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body());
        return answer.path("access_token").asText();
    }

    private static void searches(Ground ground) throws Exception {
        ground.suite()
                .run(
                        "set search_path = crm, ext; insert into contacts (org_id, id, name, lead_score, lead_status) select '"
                                + ground.attacker().orgId()
                                + "', gen_random_uuid(), 'Contact ' || i, 'cold', 'new' from generate_series(1, 200000) i",
                        "vacuum (analyze) crm.contacts");
        var search = ("GET /api/contacts?q=a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + ground.bearer()
                        + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 240; i++) {
            int number = i;
            tasks.add(() -> ground.send(Service.CRM, number, search));
        }
        Ground.atOnce(24, tasks);
    }

    private static void signIns(Ground ground) throws Exception {
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 150; i++) {
            int number = i;
            var body = "{\"email\":\"" + UUID.randomUUID() + "@nowhere.example\",\"password\":\"guess-guess-guess\"}";
            tasks.add(() -> ground.send(
                    Service.AUTH, number, (Wire.post("/api/auth/login", JSON_TYPE, body.length()) + body).getBytes()));
        }
        Ground.atOnce(150, tasks);
    }

    private static void refreshes(Ground ground) throws Exception {
        var signedIn = Api.post(
                ground.suite().url(Service.AUTH) + "/api/auth/login",
                null,
                Map.of(
                        "email",
                        ground.attacker().email(),
                        "password",
                        ground.attacker().password()));
        var token = signedIn.path("refreshToken").asText();
        var tasks = new ArrayList<Callable<String>>();
        for (int i = 0; i < 50; i++) {
            tasks.add(() -> Api.post(
                            ground.suite().url(Service.AUTH) + "/api/auth/refresh", null, Map.of("refreshToken", token))
                    .path("refreshToken")
                    .asText());
        }
        var successors = new HashSet<>(Ground.atOnce(50, tasks));
        if (successors.size() != 1) {
            throw new IllegalStateException(successors.size() + " successors of one refresh token");
        }
    }

    static void waitFor(String what, int seconds, BooleanSupplier condition) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begun > seconds * 1_000_000_000L) {
                throw new IllegalStateException("not within " + seconds + " s: " + what);
            }
            Pause.millis(100);
        }
    }
}
