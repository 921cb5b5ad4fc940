package io.switchboard.crm;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Committed;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.LongJobs;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the kit's ways to the database share: a session's connection, and the event after a commit. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TransactionsTest {
    private static final String SETTINGS =
            "select current_setting('enable_sort') || ' ' || current_setting('jit') as settings where true";

    static final String WHERE = "select pg_backend_pid() || ' ' || pg_current_xact_id()";

    @Inject
    TenantSql sql;

    @Inject
    LongJobs jobs;

    @Inject
    Commits commits;

    final CallerContext acme = CallerContext.Value.service(UUID.randomUUID(), "crm-service", Origin.worker());
    final CallerContext globex = CallerContext.Value.service(UUID.randomUUID(), "crm-service", Origin.worker());

    @Singleton
    static class Commits {
        final AtomicInteger count = new AtomicInteger();

        void count(@Observes Committed commit) {
            count.incrementAndGet();
        }
    }

    @Test
    void plain_sql_runs_in_the_session_s_transaction() throws Throwable {
        var places = inSession(session -> session.select(WHERE)
                .map(rows -> List.of(rows.next()[0].toString()))
                .chain(first -> session.statements()
                        .list(WHERE, Tuple.tuple(), row -> row.getString(0))
                        .map(more -> join(first, more)))
                .chain(both -> Panache.getSession()
                        .chain(hibernate ->
                                hibernate.createNativeQuery(WHERE, String.class).getResultList())
                        .map(more -> join(both, more))));
        assertEquals(3, places.size());
        assertEquals(1, places.stream().distinct().count(), places::toString);
    }

    @Test
    void another_tenant_s_part_runs_in_the_session_s_transaction() throws Throwable {
        var here = WHERE + " || ' ' || current_setting('app.org_id', true)";
        var places = inSession(session -> session.within(
                        globex, acme, statements -> statements.list(here, Tuple.tuple(), row -> row.getString(0)))
                .chain(there -> session.select(here).map(rows -> join(there, List.of(rows.next()[0].toString())))));
        assertEquals(
                List.of(globex.orgId().toString(), acme.orgId().toString()),
                places.stream().map(place -> place.split(" ")[2]).toList());
        assertEquals(
                1, places.stream().map(place -> place.split(" ")[1]).distinct().count());
    }

    @Test
    void only_what_may_have_written_wakes_the_workers() {
        var before = commits.count.get();
        sql.execute(acme, "select 1", Tuple.tuple())
                .subscribeAsCompletionStage()
                .join();
        assertEquals(before, commits.count.get());
        sql.call(acme, "select current_org_id()", Tuple.tuple())
                .subscribeAsCompletionStage()
                .join();
        assertEquals(before + 1, commits.count.get());
    }

    @Test
    void a_read_that_writes_is_refused() {
        var row = "select org_id from contacts for update";
        var refused = assertThrows(CompletionException.class, () -> sql.list(acme, row, Tuple.tuple(), found -> found)
                .subscribeAsCompletionStage()
                .join());
        assertEquals("25006", ((PgException) refused.getCause()).getSqlState());
        sql.call(acme, row, Tuple.tuple()).subscribeAsCompletionStage().join();
    }

    @Test
    void a_list_in_order_is_never_sorted_and_others_may_be() {
        assertEquals("off off", settings(new ListQuery(Plans.page(null), SETTINGS)));
        assertEquals("on on", settings(new ListQuery(Plans.page(null), SETTINGS).sorted()));
        assertEquals("on on", settings(new ListQuery(Plans.page(null), SETTINGS).and("1 in (select 1)")));
    }

    /** For one row, read as a page and as one that is bounded; the latter leaves the connection as it was. */
    private String settings(ListQuery list) {
        list.append(" limit 1");
        var page = sql.page(acme, list, row -> row.getString("settings"), last -> null);
        var bounded = sql.boundedPage(acme, list, row -> row.getString("settings"), List.of(), last -> null);
        var seen = page.subscribeAsCompletionStage().join().items();
        assertEquals(seen, bounded.subscribeAsCompletionStage().join().items());
        return seen.get(0);
    }

    @Test
    void replicas_never_run_one_long_job_at_once() {
        var running = run("report", "select pg_sleep(1)");
        await().until(() -> Sql.superuser()
                        .number("select count(*) from pg_locks where locktype = 'advisory'"
                                + " and database = (select oid from pg_database where datname = current_database())")
                > 0);
        assertNull(run("report", "select 1").join());
        assertNotNull(run("another", "select 1").join());
        assertNotNull(running.join());
        assertNotNull(run("report", "select 1").join());
    }

    private CompletableFuture<RowSet<Row>> run(String job, String statement) {
        return jobs.runOnce(job, statement, Tuple.tuple(), Duration.ofSeconds(20))
                .subscribeAsCompletionStage();
    }

    private interface Work {
        Uni<List<String>> in(SessionSql session);
    }

    private static List<String> inSession(Work work) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(
                () -> Panache.withTransaction(() -> SessionSql.current().chain(work::in)));
    }

    private static List<String> join(List<String> some, List<String> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
