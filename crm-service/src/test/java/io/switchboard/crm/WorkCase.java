package io.switchboard.crm;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.signal.PgNotifications;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.work.WorkHandler;
import io.switchboard.kit.work.WorkLoop;
import io.switchboard.kit.work.WorkPiece;
import io.switchboard.kit.work.WorkQueue;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
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
import org.junit.jupiter.api.AfterEach;

/** Loops of its own stand for replicas, each with a handler that the test holds. */
abstract class WorkCase {
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

    WorkLoop start(WorkHandler handler, Duration poll) {
        var loop = new WorkLoop(vertx, sql, handler, "crm-service", LEASE, poll);
        replicas.add(loop);
        loop.start();
        return loop;
    }

    UUID add(UUID org, String name) {
        return result(sql.transaction(caller(org), statements -> add(statements, org, name)));
    }

    Uni<UUID> add(Statements statements, UUID org, String name) {
        return queue.add(caller(org), statements, kind, payload(name));
    }

    void save(WorkPiece piece, int step) {
        try {
            result(sql.transaction(piece.caller(), statements -> piece.save(statements, JsonObject.of("step", step))));
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    List<String> column(String expression) {
        return Sql.superuser().column("select " + expression + " from work where kind = '" + kind + "' order by id");
    }

    static CallerContext caller(UUID org) {
        return CallerContext.Value.service(org, "crm-service", Origin.worker());
    }

    static JsonObject payload(String name) {
        return JsonObject.of("name", name);
    }

    static <T> T result(Uni<T> uni) {
        return uni.subscribeAsCompletionStage().join();
    }

    /** Fails are tried again at once. */
    class Handler implements WorkHandler {
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
    final class Pieces extends Handler {
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
