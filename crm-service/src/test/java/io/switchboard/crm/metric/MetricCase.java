package io.switchboard.crm.metric;

import static org.awaitility.Awaitility.await;

import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Figures as they are shown, and refreshes that have all that is committed. */
final class MetricCase {
    private MetricCase() {}

    /** The rest after the last refresh is cut short. */
    static void refresh(Caller admin) {
        var now = Sql.superuser().value("select clock_timestamp()::text");
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            Sql.superuser().run("update analytics_refreshes set next_at = now()");
            admin.post("/api/metrics/refresh", "{}").then().statusCode(202);
            return Sql.superuser()
                            .number("select count(*) from analytics_refreshes where refreshed_at >= '" + now + "'")
                    == 1;
        });
    }

    static OffsetDateTime refreshedAt(Caller caller) {
        var shown = caller.get("/api/metrics/tickets").then().statusCode(200).extract();
        return OffsetDateTime.parse(shown.path("refreshedAt"));
    }

    static JsonArray items(Caller caller, String pathAndQuery) {
        var shown = caller.get(pathAndQuery).then().statusCode(200).extract().asString();
        return new JsonObject(shown).getJsonArray("items");
    }

    /** Tickets without team or agent: the n-th was created n times 29 minutes and a bit ago. */
    static void tickets(UUID org, UUID customer, int count) {
        Sql.superuser()
                .withoutTriggers()
                .run("insert into tickets (org_id, number, title, status, priority, customer_id, created_at)"
                        + " select '%s', n, 'Ticket ' || n, 'new', 'low', '%s', now() - n * interval '29 minutes 11.7 seconds'"
                                .formatted(org, customer)
                        + " from generate_series(1, " + count + ") n");
    }
}
