package io.switchboard.bench;

import io.switchboard.local.Service;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;

/** Batches of audit events as crm-service sends them: 100 changes of contacts of 40 organizations, each under an id of its own. */
final class AuditEvents implements Requests {
    static final int BATCH = 100;
    private static final int ORGANIZATIONS = 40;
    private static final String OLD = "{\"name\": \"Ada Lovelace\", \"notes\": null}";
    private static final String NEW =
            "{\"name\": \"Ada King\", \"notes\": \"Asked for an offer, call her back on Monday.\"}";

    private static final String BEGIN = "{\"id\":\"";

    private final byte[] head;
    private final List<String> events = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom();

    AuditEvents(OwnSuite suite) {
        String uri = suite.url(Service.AUDIT);
        for (int i = 0; i < BATCH; i++) {
            events.add(event(org(i % ORGANIZATIONS), i));
        }
        int length = 1
                + BATCH * (1 + BEGIN.length() + 36)
                + events.stream().mapToInt(String::length).sum();
        head = ("POST /api/audit/events HTTP/1.1\r\nHost: " + URI.create(uri).getAuthority()
                        + "\r\nAuthorization: Bearer " + token(suite)
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    static String org(int number) {
        return new UUID(0x0199aaaa00007000L, 0x8000000000000000L | number).toString();
    }

    /** The events of a request as JSON, without their ids. */
    String batch() {
        return events.stream()
                .map(event -> "{" + event.substring("\",".length()))
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Override
    public void next(ByteBuffer out) {
        out.put(head);
        byte separator = '[';
        for (String event : events) {
            out.put(separator);
            text(out, BEGIN);
            text(out, id());
            text(out, event);
            separator = ',';
        }
        out.put((byte) ']');
    }

    /** A UUIDv7 of now. */
    private String id() {
        return new UUID(
                        System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(0x1000),
                        Long.MIN_VALUE | random.nextLong() >>> 2)
                .toString();
    }

    private static void text(ByteBuffer out, String text) {
        out.put(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** What follows the id. */
    private static String event(String org, int number) {
        return ("\",\"orgId\":\"%s\",\"occurredAt\":\"%s\",\"actorId\":\"%s\",\"actorType\":\"user\",\"action\":\"update\","
                        + "\"resourceType\":\"contacts\",\"resourceId\":\"%s\",\"service\":\"crm-service\",\"oldData\":%s,"
                        + "\"newData\":%s,\"ipAddress\":\"203.0.113.7\",\"userAgent\":\"Mozilla/5.0 (X11; Linux x86_64)\","
                        + "\"requestId\":\"%s\",\"outcome\":\"success\"}")
                .formatted(
                        org, Instant.now(), UUID.randomUUID(), new UUID(number, number), OLD, NEW, UUID.randomUUID());
    }

    private static String token(OwnSuite suite) {
        return Api.postForm(
                        URI.create(suite.url(Service.AUTH) + "/oauth2/token"),
                        Map.of(
                                "grant_type", "client_credentials",
                                "client_id", Service.CRM.module(),
                                "client_secret", suite.clientSecret(Service.CRM),
                                "resource", Service.AUDIT.module()))
                .path("access_token")
                .asText();
    }
}
