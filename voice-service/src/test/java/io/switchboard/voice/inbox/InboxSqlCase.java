package io.switchboard.voice.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.switchboard.kit.id.UuidV7;
import io.switchboard.voice.AppSql;
import io.switchboard.voice.signature.Signature;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The inbox as the app role finds it on a real PostgreSQL, for tests of its listed functions. */
abstract class InboxSqlCase {
    static AppSql sql;

    final UUID acme = UUID.randomUUID();
    final UUID globex = UUID.randomUUID();

    @BeforeAll
    static void start() {
        sql = new AppSql();
    }

    @AfterAll
    static void stop() {
        sql.close();
    }

    /** @param delivery whose body is this one and not the event's own; null for most */
    record Row(UUID endpoint, String eventId, String callKey, String repeat, String body, UUID delivery) {
        Row(UUID endpoint, String eventId, String callKey, String repeat, String body) {
            this(endpoint, eventId, callKey, repeat, body, null);
        }

        String bytes() {
            return "\\x" + Signature.hex(Signature.utf8(body));
        }
    }

    UUID endpoint(UUID org) {
        UUID id = UUID.randomUUID();
        sql.as(
                org,
                "admin",
                "insert into webhook_endpoints (org_id, id, provider, label, secret) values"
                        + " ('%s', '%s', 'vapi', 'main', '\\x00')".formatted(org, id));
        return id;
    }

    /** How many of them were new. */
    static int record(Row... rows) {
        return record(1_000, rows);
    }

    static int record(int mostPending, Row... rows) {
        String record =
                "select count(*) filter (where stored) from record_webhook_events(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (var session = sql.connect();
                var call = session.jdbc().prepareStatement(record)) {
            Connection connection = session.jdbc();
            int n = rows.length;
            Object[][] columns = new Object[10][n];
            for (int i = 0; i < n; i++) {
                boolean flawed = rows[i].body().equals("flawed");
                String sent = rows[i].body().startsWith("at ")
                        ? "2026-06-01T10:00:" + rows[i].body().substring(3)
                        : null;
                Object[] values = {
                    UuidV7.next(),
                    rows[i].endpoint(),
                    rows[i].eventId(),
                    "some type",
                    rows[i].callKey(),
                    rows[i].repeat(),
                    sent,
                    rows[i].delivery() == null ? rows[i].bytes() : null,
                    flawed ? "not JSON" : null,
                    rows[i].delivery()
                };
                for (int column = 0; column < values.length; column++) {
                    columns[column][i] = values[column];
                }
            }
            String[] types = {"uuid", "uuid", "text", "text", "text", "text", "timestamptz", "bytea", "text", "uuid"};
            for (int column = 0; column < types.length; column++) {
                call.setArray(column + 1, connection.createArrayOf(types[column], columns[column]));
            }
            Map<UUID, String> shared = new HashMap<>();
            Stream.of(rows)
                    .filter(row -> row.delivery() != null)
                    .forEach(row -> shared.put(row.delivery(), row.bytes()));
            call.setArray(11, connection.createArrayOf("uuid", shared.keySet().toArray()));
            call.setArray(12, connection.createArrayOf("bytea", shared.values().toArray()));
            call.setInt(13, mostPending);
            try (var result = call.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> claim(int atMost) {
        return sql.query(
                "select event_id from claim_webhook_events(" + atMost + ", 10, '{}', '{}', '{}', 64, 30) order by id");
    }

    void settle(int expected) {
        int settled = 0;
        for (List<String> claimed = claim(50); !claimed.isEmpty(); claimed = claim(50)) {
            for (String event : claimed) {
                finish(event);
            }
            settled += claimed.size();
        }
        assertEquals(expected, settled);
    }

    void finish(String event) {
        for (UUID org : List.of(acme, globex)) {
            sql.as(
                    org,
                    "service",
                    "update processed_webhook_events set status = 'done', lease = null, lease_until = null,"
                            + " processed_at = now() where status = 'running' and event_id = '" + event + "'");
        }
    }

    void again(String event, String wait) {
        sql.as(
                acme,
                "service",
                "update processed_webhook_events set status = 'pending', lease = null, lease_until = null,"
                        + " next_attempt_at = now() + " + wait + " where event_id = '" + event + "'");
    }

    static void owe(UUID org, String event) {
        sql.as(
                org,
                "service",
                "update processed_webhook_events set status = 'pending', lease = null, lease_until = null,"
                        + " applied_at = now(), effects = '[]' where event_id = '" + event + "'");
    }

    static List<String> events(UUID org) {
        return sql.as(org, "admin", "select event_id from processed_webhook_events order by id");
    }
}
