package io.switchboard.audit.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.signal.PgNotifications;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** This service owes no events, and its schema has no outbox. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class NoOutboxTest {
    @Inject
    PgNotifications notifications;

    @Test
    void after_a_commit_no_outbox_is_looked_into() {
        Sql.superuser()
                .run(
                        "create table looks (at timestamptz)",
                        "create function notify_commit(text, text) returns void language sql security definer"
                                + " set search_path = audit, pg_temp as 'insert into looks values (now())'",
                        "grant execute on function notify_commit(text, text) to audit_app");
        try {
            Caller.adminOfNewOrg().get("/api/audit/logs").then().statusCode(200); // which is recorded
            var heard = new AtomicInteger();
            notifications.listen("after", heard::incrementAndGet);
            notifications.send("after"); // as late as the commit's
            await().until(() -> heard.get() == 1);
            assertEquals(0, Sql.superuser().number("select count(*) from looks"));
        } finally {
            Sql.superuser().run("drop function notify_commit(text, text)", "drop table looks");
        }
    }
}
