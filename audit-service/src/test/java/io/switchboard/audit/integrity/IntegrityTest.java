package io.switchboard.audit.integrity;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.switchboard.audit.SampleEvents;
import io.switchboard.audit.SealedLog;
import io.switchboard.audit.format.Frontier;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.ErrorLog;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is done to the tables behind the service's back. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class IntegrityTest {
    private static final String INTEGRITY = "/api/audit/integrity";

    final Caller acme = Caller.adminOfNewOrg();
    final Caller globex = Caller.adminOfNewOrg();

    @Test
    void an_untouched_log_is_valid() {
        SealedLog.create(acme.orgId(), 600);
        check().statusCode(200)
                .body("valid", is(true))
                .body("sealedRecords", is(600))
                .body("unsealedRecords", is(0))
                .body("lastSealedAt", notNullValue())
                .body("firstBroken", nullValue())
                .body("checkedFrom", is(0))
                .body("checkedTo", is(599))
                .body("lastFullCheckAt", notNullValue());
    }

    @Test
    void a_log_without_records_is_valid() {
        check().statusCode(200)
                .body("valid", is(true))
                .body("sealedRecords", is(0))
                .body("checkedFrom", nullValue())
                .body("lastSealedAt", nullValue());
    }

    @Test
    void a_changed_record_is_named() {
        var events = SealedLog.create(acme.orgId(), 20);
        tamper("update audit_logs set new_data = '{\"number\": 70}' where " + row(events.get(7)));
        broken(7, events.get(7), "changed");
    }

    @Test
    void a_removed_record_is_named() {
        var events = SealedLog.create(acme.orgId(), 20);
        tamper("delete from audit_logs where " + row(events.get(19)));
        broken(19, events.get(19), "missing");
    }

    @Test
    void a_record_in_another_organization_is_named() {
        var events = SealedLog.create(acme.orgId(), 20);
        tamper("update audit_logs set org_id = '" + globex.orgId() + "' where " + row(events.get(3)));
        broken(3, events.get(3), "moved");
        globex.get(INTEGRITY).then().body("valid", is(false)).body("firstBroken.reason", is("added"));
    }

    @Test
    void a_record_in_another_place_of_the_order_is_named() {
        var events = SealedLog.create(acme.orgId(), 20);
        tamper("update audit_logs set no = 1 where " + row(events.get(4)));
        broken(4, events.get(4), "moved");
    }

    @Test
    void a_value_that_stands_where_one_was_erased_is_not_what_was_sealed() {
        var events = SealedLog.create(acme.orgId(), 20);
        String sealed = acme.get("/api/audit/logs/" + events.get(7).get("id") + "/proof")
                .path("leaf.data");
        tamper("insert into erased_parts (org_id, sequence, data, erased_at) values ('" + acme.orgId() + "', 7, '\\x"
                + sealed + "', now())");
        tamper("update audit_logs set new_data = null where " + row(events.get(7)));
        check().body("valid", is(true)); // the tree stands when a value is erased
        tamper("update audit_logs set new_data = '{\"number\": 70}' where " + row(events.get(7)));
        broken(7, events.get(7), "changed");
    }

    @Test
    void an_added_record_is_named() {
        var events = SealedLog.create(acme.orgId(), 20);
        var id = UUID.randomUUID();
        tamper("insert into audit_logs select (jsonb_populate_record(l, jsonb_build_object('id', '" + id
                + "'))).* from audit_logs l where " + row(events.get(5)));
        broken(6, Map.of("id", id.toString()), "added");
    }

    @Test
    void a_tree_that_was_rewritten_does_not_have_the_signed_root() {
        var events = SealedLog.create(acme.orgId(), 20);
        tamper("update trees set frontier = sha256(frontier) || substr(frontier, 33) where org_id = '" + acme.orgId()
                + "'");
        broken(19, events.get(19), "checkpoint");
    }

    @Test
    void a_tail_that_is_cut_everywhere_shows_by_the_signed_checkpoint() {
        var events = SealedLog.create(acme.orgId(), 20);
        publish(events.get(0));
        SealedLog.awaitSealed(acme.orgId()); // with the reading of the proof, in a block of its own
        check().body("valid", is(true)).body("checkpoint", containsString("/" + acme.orgId() + "\n20\n"));
        SealedLog.awaitSealed(acme.orgId());

        var org = "org_id = '" + acme.orgId() + "'";
        var leaves = HexFormat.of()
                .parseHex(Sql.superuser().value("select encode(leaves, 'hex') from blocks where first = 0 and " + org));
        var frontier = new Frontier();
        for (int i = 0; i < 19; i++) {
            frontier.add(Arrays.copyOfRange(leaves, i * 32, i * 32 + 32));
        }
        tamper("delete from audit_logs where " + org + " and no > (select no from audit_logs where "
                + row(events.get(18)) + ")");
        tamper("delete from blocks where first > 0 and " + org);
        tamper("update blocks b set count = 19, ids = ids[1:19], leaves = substr(leaves, 1, 19 * 32),"
                + " salts = substr(salts, 1, 19 * 32), last_no = (select no from audit_logs where "
                + row(events.get(18)) + ") where " + org);
        tamper("update trees set size = 19, exported_size = 19, frontier = '\\x"
                + HexFormat.of().formatHex(frontier.toBytes()) + "' where " + org);
        check().body("valid", is(false))
                .body("firstBroken.sequence", is(19))
                .body("firstBroken.reason", is("checkpoint"));
    }

    @Test
    void another_trees_checkpoint_is_not_taken() {
        var theirs = SealedLog.create(globex.orgId(), 1).get(0).get("id");
        var events = SealedLog.create(acme.orgId(), 1);
        note(globex.get("/api/audit/logs/" + theirs + "/proof").path("checkpoint"));
        broken(0, events.get(0), "checkpoint");
    }

    @Test
    void a_cut_tail_is_missed_by_the_tree() {
        SealedLog.create(acme.orgId(), 20);
        SampleEvents.post(SampleEvents.event(acme.orgId()));
        SealedLog.awaitSealed(acme.orgId());
        tamper("delete from blocks where org_id = '" + acme.orgId() + "' and first >= 20");
        check().body("valid", is(false)).body("firstBroken.sequence", is(20));
    }

    @Test
    void one_check_of_an_organization_runs_at_a_time() {
        assertEquals("t", Sql.superuser().value("select begin_check('" + acme.orgId() + "', 60)"));
        check().statusCode(409).header("Retry-After", notNullValue()).body("type", endsWith("check_running"));
        globex.get(INTEGRITY).then().statusCode(200);
        Sql.superuser().value("select end_check('" + acme.orgId() + "')");
        check().statusCode(200);
        check().statusCode(200);
    }

    @Test
    void operators_name_the_organization() {
        SealedLog.create(acme.orgId(), 3);
        Caller.of("platform_admin", UUID.randomUUID())
                .get(INTEGRITY + "?orgId=" + acme.orgId())
                .then()
                .statusCode(200)
                .body("sealedRecords", is(3));
        acme.get("/api/audit/logs?action=read").then().body("items[0].newData.operator", is(true));
        globex.get(INTEGRITY + "?orgId=" + acme.orgId())
                .then()
                .statusCode(404)
                .body("type", containsString("organization_not_found"));
    }

    /** Of the tree as it is. */
    private void publish(Map<String, Object> event) {
        note(acme.get("/api/audit/logs/" + event.get("id") + "/proof").path("checkpoint"));
    }

    private void note(String checkpoint) {
        tamper("update trees set checkpoint = '" + checkpoint + "' where org_id = '" + acme.orgId() + "'");
    }

    private ValidatableResponse check() {
        return acme.get(INTEGRITY).then();
    }

    private void broken(int sequence, Map<String, Object> record, String reason) {
        try (var log = ErrorLog.listen()) {
            check().statusCode(200)
                    .body("valid", is(false))
                    .body("firstBroken.id", is(record.get("id")))
                    .body("firstBroken.sequence", is(sequence))
                    .body("firstBroken.reason", is(reason));
            assertTrue(
                    log.lines().stream().anyMatch(line -> line.contains(acme.orgId() + " is broken")),
                    log.lines()::toString);
        }
    }

    private String row(Map<String, Object> event) {
        return "org_id = '" + acme.orgId() + "' and id = '" + event.get("id") + "'";
    }

    private static void tamper(String sql) {
        Sql.superuser().withoutTriggers().run(sql);
    }
}
