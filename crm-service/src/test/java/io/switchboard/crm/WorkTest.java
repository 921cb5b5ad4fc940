package io.switchboard.crm;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.signal.PgNotifications;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.work.LeaseLost;
import io.switchboard.kit.work.WorkHandler;
import io.switchboard.kit.work.WorkLoop;
import io.switchboard.kit.work.WorkPiece;
import io.switchboard.kit.work.WorkQueue;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The table work and its workers; a loop of its own stands for a replica. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class WorkTest {
    static final Duration LEASE = Duration.ofSeconds(1);
    static final Duration NEVER = Duration.ofHours(1);
    static final Duration POLL = Duration.ofMillis(50);

    @Inject
    TenantSql sql;

    @Inject
    WorkQueue queue;

    @Inject
    PgNotifications notifications;

    @Inject
    Vertx vertx;

    final String kind = "test-" + UUID.randomUUID();
    final UUID acme = UUID.randomUUID();
    final UUID globex = UUID.randomUUID();
    final List<WorkLoop> replicas = new ArrayList<>();

    @AfterEach
    void stopReplicas() {
        replicas.forEach(WorkLoop::stop);
        replicas.forEach(WorkLoop::abandon);
    }

    @Singleton
    static class Echo implements WorkHandler {
        @Override
        public String kind() {
            return "echo";
        }

        @Override
        public Uni<JsonObject> run(WorkPiece piece) {
            return Uni.createFrom().item(piece.payload());
        }
    }

    @Test
    void the_service_runs_the_kinds_that_have_a_handler() {
        var id = result(sql.transaction(
                caller(acme), statements -> queue.add(caller(acme), statements, "echo", payload("one"))));
        await().until(() -> List.of("{\"name\": \"one\"}")
                .equals(Sql.superuser()
                        .column("select result::text from work where id = '" + id + "' and state = 'done'")));
    }

    @Test
    void committed_work_is_done_and_its_result_kept() {
        var pieces = new Pieces(1);
        start(pieces, POLL);
        var id = add(acme, "one");
        await().until(() -> pieces.running.containsKey("one"));
        pieces.end("one");
        await().until(() -> List.of("done").equals(column("state")));
        assertEquals(List.of("{\"of\": \"one\"}"), column("result::text"));
        assertEquals(List.of(id.toString()), column("id"));
        assertEquals(List.of("1"), column("attempts"));
    }

    @Test
    void rolled_back_work_is_not_done() {
        var change =
                sql.transaction(caller(acme), statements -> queue.add(caller(acme), statements, kind, payload("one"))
                        .chain(id -> Uni.createFrom().failure(new IllegalStateException("rolled back"))));
        assertThrows(CompletionException.class, () -> result(change));
        assertEquals(List.of(), column("state"));
    }

    @Test
    void a_commit_with_work_wakes_the_workers() {
        var pieces = new Pieces(1);
        var loop = start(pieces, NEVER);
        notifications.listen("work", loop::wake);
        add(acme, "one");
        await().until(() -> pieces.running.containsKey("one"));
    }

    @Test
    void another_worker_resumes_from_the_saved_progress() {
        var dying = Vertx.vertx();
        var first = new Pieces(1);
        replicas.add(new WorkLoop(dying, sql, first, "crm-service", LEASE, POLL));
        replicas.get(0).start();
        add(acme, "one");
        await().until(() -> first.running.containsKey("one"));
        save(first.piece("one"), 2);
        dying.close().toCompletionStage().toCompletableFuture().join(); // no timer of this worker fires again

        var second = new Pieces(1);
        start(second, POLL);
        await().until(() -> second.running.containsKey("one"));
        assertEquals(2, second.piece("one").progress().getInteger("step"));
        assertEquals(2, second.piece("one").attempts());
        assertThrows(LeaseLost.class, () -> save(first.piece("one"), 3));
        second.end("one");
        await().until(() -> List.of("done").equals(column("state")));
    }

    @Test
    void two_workers_never_run_one_piece_at_once() {
        var begun = new ConcurrentHashMap<String, Integer>();
        Function<WorkPiece, Uni<JsonObject>> work = piece -> {
            begun.merge(piece.payload().getString("name"), 1, Integer::sum);
            return sql.execute(piece.caller(), "select pg_sleep(0.01)", Tuple.tuple())
                    .replaceWith(new JsonObject());
        };
        IntStream.range(0, 60).forEach(n -> add(n % 2 == 0 ? acme : globex, "piece " + n));
        start(new Handler(4, work), POLL);
        start(new Handler(4, work), POLL);
        await().until(() -> column("state").stream().filter("done"::equals).count() == 60);
        assertEquals(60, begun.size());
        assertTrue(begun.values().stream().allMatch(times -> times == 1), begun::toString);
    }

    @Test
    void a_slow_handler_keeps_its_lease() {
        var slow = new Pieces(1);
        var other = new Pieces(1);
        start(slow, POLL);
        add(acme, "one");
        await().until(() -> slow.running.containsKey("one"));
        start(other, POLL);
        await().until(() -> List.of("t").equals(column("now() > created_at + interval '3 s'")));
        assertTrue(other.begun.isEmpty());
        save(slow.piece("one"), 1);
        slow.end("one");
        await().until(() -> List.of("done").equals(column("state")));
    }

    @Test
    void a_stopped_worker_gives_running_pieces_back() {
        var pieces = new Pieces(1);
        var loop = start(pieces, POLL);
        add(acme, "one");
        add(acme, "two");
        await().until(() -> pieces.running.containsKey("one"));
        loop.stop();
        loop.abandon();
        await().until(() -> List.of("0", "0").equals(column("attempts")));
        assertThrows(LeaseLost.class, () -> save(pieces.piece("one"), 1));
        var successor = new Pieces(2);
        start(successor, POLL);
        await().until(() -> successor.running.size() == 2);
        pieces.end("one");
        assertEquals(List.of("pending", "pending"), column("state"));
        assertEquals(List.of("one"), List.copyOf(pieces.begun));
    }

    @Test
    void tenants_take_turns() {
        var pieces = new Pieces(1);
        IntStream.range(0, 10).forEach(n -> add(acme, "acme " + n));
        start(pieces, POLL);
        await().until(() -> pieces.running.size() == 1);
        add(globex, "globex");
        for (int ended = 0; ended < 2; ended++) {
            await().until(() -> pieces.running.size() == 1);
            pieces.end(pieces.running.keySet().iterator().next());
        }
        await().until(() -> pieces.begun.size() == 3);
        assertTrue(pieces.begun.contains("globex"), pieces.begun::toString);
    }

    @Test
    void a_kind_runs_as_many_pieces_as_it_says() {
        var pieces = new Pieces(3);
        IntStream.range(0, 10).forEach(n -> add(acme, "piece " + n));
        start(pieces, POLL);
        for (int ended = 0; ended < 10; ended++) {
            int most = Math.min(3, 10 - ended);
            await().until(() -> pieces.running.size() == most);
            pieces.end(pieces.running.keySet().iterator().next());
        }
        await().until(() -> column("state").stream().allMatch("done"::equals));
        assertEquals(10, pieces.begun.size());
    }

    @Test
    void what_always_fails_becomes_a_dead_letter() {
        start(new Handler(1, piece -> Uni.createFrom().failure(new IllegalStateException("no such file"))), POLL);
        add(acme, "one");
        await().until(() -> List.of("dead").equals(column("state")));
        assertEquals(List.of("8"), column("attempts"));
        assertEquals(List.of("no such file"), column("error"));
    }

    @Test
    void a_piece_whose_worker_is_lost_twice_is_dead() {
        add(acme, "one");
        assertEquals(1, claimAndLose().size());
        assertEquals(1, claimAndLose().size());
        assertEquals(List.of(), claimAndLose());
        assertEquals(List.of("dead"), column("state"));
        assertEquals(List.of("its worker was lost twice"), column("error"));
    }

    @Test
    void progress_between_two_losses_keeps_a_piece_alive() {
        add(acme, "one");
        claimAndLose();
        var lease = claim().get(0);
        result(sql.execute(
                caller(acme),
                "update work set progress = '{}', losses = 0 where lease = $1",
                Tuple.of(UUID.fromString(lease))));
        endLeases();
        assertEquals(1, claimAndLose().size());
        assertEquals(List.of("pending"), column("state"));
    }

    @Test
    void a_lost_lease_rolls_the_handlers_transaction_back() {
        add(acme, "one");
        var lease = UUID.fromString(claim().get(0));
        endLeases();
        assertNotEquals(List.of(lease.toString()), claim());
        var id = UUID.fromString(column("id").get(0));
        var stale = new WorkPiece(caller(acme), id, payload("one"), null, 1, lease);
        var change = sql.transaction(caller(acme), statements -> add(statements, acme, "two")
                .chain(() -> stale.save(statements, new JsonObject())));
        var failure = assertThrows(CompletionException.class, () -> result(change));
        assertInstanceOf(LeaseLost.class, failure.getCause());
        assertEquals(1, column("id").size());
    }

    private WorkLoop start(WorkHandler handler, Duration poll) {
        var loop = new WorkLoop(vertx, sql, handler, "crm-service", LEASE, poll);
        replicas.add(loop);
        loop.start();
        return loop;
    }

    private UUID add(UUID org, String name) {
        return result(sql.transaction(caller(org), statements -> add(statements, org, name)));
    }

    private Uni<UUID> add(Statements statements, UUID org, String name) {
        return queue.add(caller(org), statements, kind, payload(name));
    }

    private void save(WorkPiece piece, int step) {
        try {
            result(sql.transaction(piece.caller(), statements -> piece.save(statements, JsonObject.of("step", step))));
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private List<String> claim() {
        return Sql.superuser()
                .app()
                .column("select lease from claim_work('" + kind + "', '00000000-0000-0000-0000-000000000000', 10, 60)");
    }

    private List<String> claimAndLose() {
        var leases = claim();
        endLeases();
        return leases;
    }

    private void endLeases() {
        Sql.superuser().run("update work set next_attempt_at = now() where kind = '" + kind + "'");
    }

    private List<String> column(String expression) {
        return Sql.superuser().column("select " + expression + " from work where kind = '" + kind + "' order by id");
    }

    private static CallerContext caller(UUID org) {
        return CallerContext.Value.service(org, "crm-service", Origin.worker());
    }

    private static JsonObject payload(String name) {
        return JsonObject.of("name", name);
    }

    private static <T> T result(Uni<T> uni) {
        return uni.subscribeAsCompletionStage().join();
    }

    /** Fails are tried again at once. */
    private class Handler implements WorkHandler {
        private final int concurrency;
        private final Function<WorkPiece, Uni<JsonObject>> work;

        Handler(int concurrency, Function<WorkPiece, Uni<JsonObject>> work) {
            this.concurrency = concurrency;
            this.work = work;
        }

        @Override
        public String kind() {
            return kind;
        }

        @Override
        public int concurrency() {
            return concurrency;
        }

        @Override
        public Uni<JsonObject> run(WorkPiece piece) {
            return work.apply(piece);
        }

        @Override
        public Duration retryAfter(WorkPiece piece, Throwable failure) {
            return piece.attempts() < MOST_TRIES ? Duration.ZERO : null;
        }
    }

    /** Each piece runs until the test ends it. */
    private final class Pieces extends Handler {
        final Map<String, UniEmitter<? super JsonObject>> running = new ConcurrentHashMap<>();
        final Map<String, WorkPiece> pieces = new ConcurrentHashMap<>();
        final Queue<String> begun = new ConcurrentLinkedQueue<>();

        Pieces(int concurrency) {
            super(concurrency, null);
        }

        @Override
        public Uni<JsonObject> run(WorkPiece piece) {
            var name = piece.payload().getString("name");
            begun.add(name);
            pieces.put(name, piece);
            return Uni.createFrom().emitter((UniEmitter<? super JsonObject> emitter) -> running.put(name, emitter));
        }

        WorkPiece piece(String name) {
            return pieces.get(name);
        }

        void end(String name) {
            running.remove(name).complete(JsonObject.of("of", name));
        }
    }
}
