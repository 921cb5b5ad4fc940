package io.switchboard.voice.subscription;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.voice.AppSql;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** At a volume where PostgreSQL would rather not read everything, and so shows whether it must. */
class DeliveryPlansTest {
    private static final UUID BIG = UUID.randomUUID();
    private static final UUID SUBSCRIPTION = UUID.randomUUID();

    /** Of one organization 10,000, of 20 others 500, of 3,000 three each; a third of them pending, as when a receiver is away. */
    private static final String FILL = """
            insert into subscription_deliveries (org_id, subscription_id, event_id, type, body, status, ended_at)
            select case when n <= 10000 then '%1$s'::uuid when n <= 20000 then md5((n %% 20)::text)::uuid
                    else md5('org ' || n %% 3000)::uuid end,
                case when n <= 10000 then '%2$s'::uuid when n <= 20000 then md5((n %% 20)::text)::uuid else md5(n::text)::uuid end,
                gen_random_uuid(),
                case when n %% 500 = 0 then 'contact.erased' else 'contact.updated' end, '{}', s.status,
                case when s.status <> 'pending' then now() end
            from generate_series(1, 29000) n cross join lateral (
                select (array['pending', 'delivered', 'failed'])[1 + n %% 3]) s (status)""";

    private static AppSql sql;

    @BeforeAll
    static void fill() {
        sql = new AppSql();
        sql.fill(FILL.formatted(BIG, SUBSCRIPTION), "vacuum analyze subscription_deliveries");
    }

    @AfterAll
    static void stop() {
        sql.close();
    }

    @Test
    void no_list_reads_more_than_it_must() {
        for (var status :
                Arrays.asList(null, DeliveryStatus.PENDING, DeliveryStatus.DELIVERED, DeliveryStatus.FAILED)) {
            for (var type : Arrays.asList(null, "contact.updated", "contact.erased")) {
                for (var cursor : Arrays.asList(null, new Cursor("", UUID.randomUUID()))) {
                    var list = SubscriptionDeliveries.query(BIG, SUBSCRIPTION, status, type, page(cursor));
                    var plans = sql.plans(BIG, "admin", null, list);
                    assertFalse(plans.contains("Seq Scan"), plans);
                    assertTrue(
                            plans.contains(type == null ? "_deliveries_listed" : "subscription_deliveries_of_type"),
                            plans);
                    // Hardly any is of this type: to look for it among all would be to read them all.
                    assertFalse("contact.erased".equals(type) && plans.contains("_deliveries_listed"), plans);
                }
            }
        }
    }

    private static Page page(Cursor after) {
        return new Page() {
            @Override
            public Cursor after() {
                return after;
            }
        };
    }
}
