package io.switchboard.audit.seal;

import static io.switchboard.audit.SampleEvents.event;
import static io.switchboard.audit.SampleEvents.post;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.audit.SampleEvents;
import io.switchboard.audit.format.Frontier;
import io.switchboard.audit.format.Leaf;
import io.switchboard.audit.format.PrivateParts;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SealerTest {
    final Caller acme = Caller.adminOfNewOrg();
    final Caller globex = Caller.adminOfNewOrg();

    @Test
    void records_become_leaves_in_the_order_in_which_they_were_recorded() {
        var batch = IntStream.range(0, 30)
                .mapToObj(i -> event(i % 3 == 0 ? globex.orgId() : acme.orgId(), "id", UUID.randomUUID() + ""))
                .toList();
        SampleEvents.record(batch);
        post(event(acme.orgId(), "occurredAt", "2020-01-01T00:00:00Z"));
        var sent = batch.stream().map(event -> event.get("id")).toList();
        for (var sealed : List.of(new SealedOrganization(acme.orgId()), new SealedOrganization(globex.orgId()))) {
            sealed.awaitSize(sealed.recorded().size());
            assertEquals(sealed.recorded(), sealed.ids());
            var ids = sealed.ids().subList(0, sealed.orgId().equals(acme.orgId()) ? 20 : 10);
            assertEquals(sent.stream().filter(ids::contains).toList(), ids);
        }
    }

    @Test
    void a_sealed_record_shows_its_sequence_everywhere() {
        var first = event(acme.orgId(), "resourceId", "7");
        post(first);
        post(event(acme.orgId(), "id", UUID.randomUUID().toString(), "resourceId", "7")); // with the strays
        new SealedOrganization(acme.orgId()).awaitSize(2);
        acme.get("/api/audit/logs/resource/contacts/7").then().body("items.sequence", contains(1, 0));
        acme.get("/api/audit/logs?resourceId=7").then().body("items.sequence", contains(1, 0));
        acme.get("/api/audit/logs?resourceType=contacts").then().body("items.sequence", contains(1, 0));
        acme.get("/api/audit/logs/" + first.get("id"))
                .then()
                .header("ETag", "\"1\"")
                .body("sequence", is(0))
                .body("no", nullValue());
    }

    @Test
    void the_tree_is_that_of_the_records_as_they_are_kept() {
        post(event(
                acme.orgId(),
                "oldData",
                Map.of("big", new BigInteger("12345678901234567890"), "é\u2028", "\"\\\u0001"),
                "ipAddress",
                "2001:db8::1"));
        post(event(acme.orgId(), "newData", null, "actorId", null, "actorType", "system"));
        post(event(acme.orgId(), "userAgent", "curl/8", "action", "update"));
        var sealed = new SealedOrganization(acme.orgId());
        sealed.awaitSize(3);
        var frontier = new Frontier();
        for (int sequence = 0; sequence < 3; sequence++) {
            var leaf = leaf(sealed, sequence);
            frontier.add(leaf.hash());
            assertEquals(HexFormat.of().formatHex(leaf.hash()), part(sealed, "leaves", sequence));
        }
        var kept = sealed.column("select encode(frontier, 'hex') from trees where org_id = :org");
        assertArrayEquals(
                frontier.root(),
                Frontier.of(3, HexFormat.of().parseHex(kept.get(0))).root());
    }

    @Test
    void no_salt_is_there_twice() {
        SampleEvents.record(
                IntStream.range(0, 40).mapToObj(i -> event(acme.orgId())).toList());
        var sealed = new SealedOrganization(acme.orgId());
        sealed.awaitSize(40);
        var salts = sealed.column("select distinct substr(salts, n * 16 + 1, 16) from blocks,"
                + " generate_series(0, count * 2 - 1) n where org_id = :org");
        assertEquals(80, salts.size());
    }

    @Test
    void a_round_is_bounded_in_bytes() {
        var large = "ä".repeat(400_000);
        for (int i = 0; i < 12; i++) {
            post(event(acme.orgId(), "newData", Map.of("text", large)));
        }
        var sealed = new SealedOrganization(acme.orgId());
        sealed.awaitSize(12);
        var most = "select count(*) from unsealed_records((select min(no) - 1 from audit_logs where org_id = :org),"
                + " (select max(no) from audit_logs where org_id = :org))";
        assertEquals(List.of("6"), sealed.column(most)); // of 800 kB each
        Sql.superuser()
                .run("select record_events(jsonb_agg(jsonb_build_object("
                        + "'id', gen_random_uuid(), 'orgId', '" + globex.orgId()
                        + "', 'occurredAt', now(), 'actorType', 'user',"
                        + " 'action', 'read', 'resourceType', 'contacts', 'service', 'crm-service', 'outcome', 'success',"
                        + " 'userAgent', repeat('a', 16384)))) from generate_series(1, 300)");
        assertEquals(List.of("256"), new SealedOrganization(globex.orgId()).column(most)); // agents of 16 KiB each
    }

    private static Leaf leaf(SealedOrganization sealed, int sequence) {
        var row = Sql.superuser()
                .row(
                        "select l.*, to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') as occurred,"
                                + " to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') as recorded"
                                + " from audit_logs l where id = '"
                                + sealed.ids().get(sequence) + "'");
        var salts = HexFormat.of().parseHex(part(sealed, "salts", sequence));
        assertFalse(Arrays.equals(salts, new byte[32]));
        return new Leaf(
                UUID.fromString(row.get("org_id")),
                UUID.fromString(row.get("id")),
                sequence,
                Instant.parse(row.get("occurred")),
                Instant.parse(row.get("recorded")),
                row.get("actor_id"),
                row.get("actor_type"),
                row.get("action"),
                row.get("resource_type"),
                row.get("resource_id"),
                row.get("service"),
                row.get("outcome"),
                row.get("request_id"),
                PrivateParts.data(row.get("old_data"), row.get("new_data"), Arrays.copyOf(salts, 16)),
                PrivateParts.origin(row.get("ip_address"), row.get("user_agent"), Arrays.copyOfRange(salts, 16, 32)));
    }

    private static String part(SealedOrganization sealed, String column, int sequence) {
        return sealed.column("select encode(substr(" + column + ", (" + sequence
                        + " - first)::int * 32 + 1, 32), 'hex')" + " from blocks where org_id = :org and " + sequence
                        + " between first and first + count - 1")
                .get(0);
    }
}
