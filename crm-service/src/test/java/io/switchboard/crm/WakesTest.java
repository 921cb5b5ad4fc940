package io.switchboard.crm;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.signal.PgNotifications;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who hears a notification. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class WakesTest {
    @Inject
    PgNotifications notifications;

    @Test
    void what_is_for_others_is_heard_by_all_replicas_but_the_own() {
        var all = new AtomicInteger();
        var others = new AtomicInteger();
        notifications.listen("for-all", all::incrementAndGet);
        notifications.listen("for-others", others::incrementAndGet);
        // Each is sent after the one before it.
        Sql.superuser().run("select pg_notify('switchboard_crm', 'for-others/another-replica')");
        await().until(() -> others.get() == 1);
        notifications.sendToOthers("for-others");
        notifications.send("for-all");
        await().until(() -> all.get() == 1);
        Sql.superuser().run("select pg_notify('switchboard_crm', 'for-all')");
        await().until(() -> all.get() == 2);
        assertEquals(1, others.get());
    }
}
