package io.switchboard.crm;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.work.LeaseLost;
import io.switchboard.kit.work.WorkHandler;
import io.switchboard.kit.work.WorkPiece;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Work in the background while all goes well. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class WorkTest extends WorkCase {
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
}
