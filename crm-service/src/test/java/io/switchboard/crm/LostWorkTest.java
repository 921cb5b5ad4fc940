package io.switchboard.crm;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.work.LeaseLost;
import io.switchboard.kit.work.WorkLoop;
import io.switchboard.kit.work.WorkPiece;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Work whose worker is lost, or that fails. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class LostWorkTest extends WorkCase {
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
    void what_always_fails_becomes_a_dead_letter() {
        start(new Handler(1, piece -> Uni.createFrom().failure(new IllegalStateException("no such file"))), POLL);
        add(acme, "one");
        await().until(() -> List.of("dead").equals(column("state")));
        assertEquals(List.of("8"), column("attempts"));
        assertEquals(List.of("no such file"), column("error"));
    }

    @Test
    void a_piece_whose_worker_is_lost_four_times_is_dead() {
        add(acme, "one");
        for (int loss = 1; loss <= 4; loss++) {
            assertEquals(1, claimAndLose().size());
        }
        assertEquals(List.of(), claimAndLose());
        assertEquals(List.of("dead"), column("state"));
        assertEquals(List.of("its worker was lost four times"), column("error"));
    }

    @Test
    void progress_between_losses_keeps_a_piece_alive() {
        add(acme, "one");
        for (int loss = 1; loss <= 3; loss++) {
            claimAndLose();
        }
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
}
