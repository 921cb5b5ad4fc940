package io.switchboard.crm.contactimport;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.work.WorkLoop;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Large files, and workers that are lost over them. {@code -Dswitchboard.test.import-rows=100000} makes the file as large as one may
 * be.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class LargeImportTest extends ImportCase {
    private static final int ROWS = Integer.getInteger("switchboard.test.import-rows", 20_000);
    private static final int LOSSES = 20;
    private static final String PADDING = "x".repeat(150);

    @Inject
    TenantSql sql;

    @Inject
    Vertx vertx;

    @Inject
    ContactImportWork handler;

    final List<WorkLoop> replicas = new ArrayList<>();

    @AfterEach
    void stopReplicas() {
        replicas.forEach(WorkLoop::stop);
        replicas.forEach(WorkLoop::abandon);
    }

    /** A file with what should become of it. */
    private record Sample(String text, int created, int updated, Set<Integer> badLines) {
        static Sample of(int rows) {
            var random = new Random(7);
            var text = new StringBuilder("\uFEFFPhone,Name,Notes,Other Phones,metadata.n\r\n");
            var known = new ArrayList<Integer>();
            var bad = new HashSet<Integer>();
            int line = 2;
            for (int i = 0; i < rows; i++) {
                var isBad = random.nextInt(100) == 0;
                var again = !isBad && !known.isEmpty() && random.nextInt(50) == 0;
                int contact = again ? known.get(random.nextInt(known.size())) : i;
                if (isBad) {
                    bad.add(line);
                } else if (!again) {
                    known.add(i);
                }
                var isLong = random.nextInt(10) == 0;
                text.append(isBad ? "not a number" : "+1%010d".formatted(2_125_000_000L + contact))
                        .append(",Contact ")
                        .append(i)
                        .append(isLong ? ",\"first\r\nsecond " + PADDING + "\"," : ",one " + PADDING + ",")
                        .append(again || isBad || i % 7 > 0 ? "" : "+1%010d".formatted(6_465_000_000L + i))
                        .append(',')
                        .append(i)
                        .append("\r\n");
                line += isLong ? 2 : 1;
            }
            return new Sample(text.toString(), known.size(), rows - known.size() - bad.size(), bad);
        }
    }

    @Test
    void each_row_is_counted_and_each_bad_one_named() {
        var sample = Sample.of(ROWS);
        var dry = done(acme, "?dryRun=true", sample.text());
        counts(dry, sample.created(), sample.updated(), sample.badLines().size());
        assertEquals(0, number("select count(*) from contacts where org_id = $1", acme.orgId()));

        var ended = imported(sample.text());
        counts(ended, sample.created(), sample.updated(), sample.badLines().size());
        assertEquals(sample.badLines(), badLines(ended.getString("id")));
        var contacts = contacts(acme.orgId(), "");

        var again = imported(sample.text());
        counts(again, 0, sample.created() + sample.updated(), sample.badLines().size());
        // Contacts of several rows take their earlier values for a moment, which counts as versions.
        assertEquals(contacts, contacts(acme.orgId(), ""));
        assertEquals(0, number("select count(*) from import_chunks where org_id = $1", acme.orgId()));
    }

    @Test
    void lost_workers_end_in_the_same_rows_and_counters() {
        Stream.of(1, 2, 3).forEach(n -> replica());
        var sample = Sample.of(ROWS);
        var globex = Caller.agentOfNewOrg();
        done(globex, "", sample.text());
        String id =
                send(acme, "", sample.text()).then().statusCode(202).extract().path("id");
        var random = new Random(11);
        for (int i = 0; i < LOSSES; i++) {
            int from = i * (ROWS / LOSSES) + random.nextInt(ROWS / LOSSES);
            await().atMost(LONG)
                    .pollInterval(Duration.ofMillis(1 + random.nextInt(20)))
                    .until(() -> hasEnded(id)
                            || number(
                                            "select processed from contact_imports where org_id = $1 and id = '" + id
                                                    + "'",
                                            acme.orgId())
                                    >= from);
            endLease(acme.orgId());
        }
        var ended = ended(acme, id);
        counts(ended, sample.created(), sample.updated(), sample.badLines().size());
        assertEquals(sample.badLines(), badLines(id));
        assertEquals(contacts(globex.orgId(), "c.version"), contacts(acme.orgId(), "c.version"));
        assertTrue(number("select attempts from work where org_id = $1", acme.orgId()) > LOSSES / 2);
    }

    @Test
    void one_import_of_an_organization_runs_at_a_time() {
        replica();
        replica();
        var file = new StringBuilder("phone\n");
        for (int i = 0; i < 3000; i++) {
            file.append("+1%010d\n".formatted(2_125_000_000L + i));
        }
        var ids = Stream.of(1, 2, 3)
                .map(n -> send(acme, "", file.toString())
                        .then()
                        .statusCode(202)
                        .extract()
                        .<String>path("id"))
                .toList();
        var most = new int[1];
        await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> {
            most[0] = Math.max(most[0], (int) number(
                    "select count(*) from contact_imports where org_id = $1 and status = 'running'", acme.orgId()));
            return ids.stream().allMatch(this::hasEnded);
        });
        assertEquals(1, most[0]);
        assertEquals(
                3000,
                ids.stream().mapToInt(id -> ended(acme, id).getInt("created")).sum());
    }

    @Test
    void an_import_whose_work_is_given_up_has_failed() {
        var id = UUID.randomUUID();
        var work = UUID.randomUUID();
        Sql.superuser()
                .run(
                        "insert into work (org_id, id, kind, payload, state) values ('" + acme.orgId() + "', '" + work
                                + "', 'contact_import', '{}', 'dead')",
                        "insert into contact_imports (org_id, id, status, key, dry_run, separator, header, ignored_columns,"
                                + " work_id) values ('" + acme.orgId() + "', '" + id
                                + "', 'running', 'phone', false, ',', '{phone}', '{}', '" + work + "')");
        assertEquals("failed", acme.get("/api/contacts/imports/" + id).path("status"));
        counts(imported("phone\n+15555550142\n"), 1, 0, 0);
    }

    private void replica() {
        var loop = new WorkLoop(vertx, sql, handler, "crm-service", Duration.ofSeconds(20), Duration.ofMillis(50));
        replicas.add(loop);
        loop.start();
    }

    /** As if its worker were lost. It is not: it goes on, and must not count. */
    private static void endLease(UUID org) {
        Sql.superuser()
                .run("update work set next_attempt_at = now() where org_id = '" + org
                        + "' and state = 'pending' and lease is not null and losses = 0");
    }

    private boolean hasEnded(String id) {
        return number(
                        "select count(*) from contact_imports where org_id = $1 and finished_at is not null and id = '"
                                + id + "'",
                        acme.orgId())
                == 1;
    }

    private Set<Integer> badLines(String id) {
        var lines = new HashSet<Integer>();
        acme.get("/api/contacts/imports/" + id + "/errors.csv")
                .asString()
                .lines()
                .filter(line -> line.matches("\\d+,phone,.*"))
                .forEach(line -> lines.add(Integer.valueOf(line.substring(0, line.indexOf(',')))));
        return lines;
    }

    /** @param more an expression, or nothing */
    private static String contacts(UUID org, String more) {
        return Sql.superuser()
                .value(
                        "select count(*) || md5(string_agg(concat_ws('|', c.phone, c.phone_as_given, c.name, c.notes, c.metadata,"
                                + (more.isEmpty() ? "" : more + ", ")
                                + "p.phones), chr(10) order by c.phone)) from contacts c left join ("
                                + "select contact_id, string_agg(phone, ',' order by phone) as phones from contact_phones"
                                + " where org_id = '" + org
                                + "' group by 1) p on p.contact_id = c.id where c.org_id = '" + org + "'");
    }
}
