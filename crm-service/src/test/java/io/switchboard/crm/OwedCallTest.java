package io.switchboard.crm;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.outbox.PeerCall;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class OwedCallTest {
    @Inject
    Outbox outbox;

    @Inject
    TenantSql sql;

    final CallerContext acme = caller();
    final String path = "/internal/things/" + UUID.randomUUID() + "/merge";

    @Test
    void an_owed_call_is_made_after_the_commit() {
        owe();
        var call = PeerRequests.await(1, path, any -> true).get(0);
        assertEquals("POST", call.getString("method"));
        assertEquals("{\"duplicateId\":\"7\"}", call.getString("body"));
    }

    @Test
    void an_owed_call_is_repeated_until_the_peer_takes_it() {
        PeerRequests.answer(path, 404);
        var row = owe();
        await().until(() -> isRefusedForNow(row));
        assertEquals("waiting", state(acme, row));
        Assertions.assertNull(state(caller(), row));
        PeerRequests.answer(path, 200);
        Sql.superuser().run("update outbox set lease_until = now() where id = '" + row + "'");
        PeerRequests.await(1, path, any -> true);
        await().until(() -> state(acme, row) == null);
    }

    @Test
    void a_call_that_a_peer_never_takes_is_set_aside() {
        PeerRequests.answer(path, 422);
        var row = owe();
        await().until(() -> "refused".equals(state(acme, row)));
    }

    @Test
    void a_call_is_owed_only_if_the_transaction_commits() {
        Assertions.assertThrows(
                CompletionException.class,
                () -> result(sql.transaction(acme, statements -> outbox.owe(acme, statements, call())
                        .chain(() -> statements.run("select 1 / 0", Tuple.tuple())))));
        assertEquals(
                "0",
                Sql.superuser()
                        .column("select count(*) from outbox where org_id = '" + acme.orgId() + "'")
                        .get(0));
    }

    private UUID owe() {
        return result(sql.transaction(acme, statements -> outbox.owe(acme, statements, call())));
    }

    private PeerCall call() {
        return new PeerCall("voice-service", HttpMethod.POST, path, JsonObject.of("duplicateId", "7"));
    }

    private String state(CallerContext caller, UUID row) {
        return result(sql.transaction(
                caller,
                statements -> statements.first(
                        "select owed_call_state($1) as state", Tuple.of(row), found -> found.getString("state"))));
    }

    private static boolean isRefusedForNow(UUID row) {
        return Sql.superuser()
                .column("select lease is null and attempts = 1 from outbox where id = '" + row + "'")
                .contains("t");
    }

    private static CallerContext caller() {
        return CallerContext.Value.service(UUID.randomUUID(), "crm-service", Origin.worker());
    }

    private static <T> T result(Uni<T> uni) {
        return uni.subscribeAsCompletionStage().join();
    }
}
