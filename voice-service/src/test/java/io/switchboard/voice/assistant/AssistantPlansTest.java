package io.switchboard.voice.assistant;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.http.Page;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.voice.AppSql;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** At 60,000 assistants, where PostgreSQL would rather not read everything, and so shows whether it must. */
class AssistantPlansTest {
    private static final UUID ORG = UUID.randomUUID();
    private static final UUID CLIENT = UUID.randomUUID();
    private static final UUID OWNER = UUID.randomUUID();

    private static AppSql sql;

    @BeforeAll
    static void fill() {
        sql = new AppSql();
        sql.fill(
                """
                insert into client_assistants (org_id, display_name, agent_id, client_id)
                select case when n %% 2 = 0 then '%s' else md5((n %% 40)::text)::uuid end, 'Desk ' || n,
                    md5((n %% 300)::text)::uuid, case when n %% 200 = 0 then '%s' else md5((n %% 300)::text)::uuid end
                from generate_series(1, 60000) n""".formatted(ORG, CLIENT),
                "vacuum analyze client_assistants",
                """
                insert into agents (org_id, id, owner_id, name)
                select '%s', md5(n::text)::uuid, case when n %% 100 = 0 then '%s' else gen_random_uuid() end, 'Agent'
                from generate_series(0, 299) n""".formatted(ORG, OWNER),
                "vacuum analyze agents");
    }

    @AfterAll
    static void stop() {
        sql.close();
    }

    @Test
    void no_list_reads_more_than_it_must() {
        var admin = CallerContext.Value.user(ORG, UUID.randomUUID(), "admin", Origin.worker());
        check(admin, null, null, "client_assistants_pkey");
        check(admin, CLIENT, null, "client_assistants_of_client");
        check(admin, null, UUID.randomUUID(), "client_assistants_of_agent");
        var user = CallerContext.Value.user(ORG, OWNER, "user", Origin.worker());
        check(user, null, null, "client_assistants_of_agent");
        check(user, null, UUID.randomUUID(), "client_assistants_of_agent");
        check(user, CLIENT, null, "client_assistants_of_client");
        var enterprise = CallerContext.Value.user(ORG, OWNER, "enterprise", Origin.worker());
        check(enterprise, null, null, "client_assistants_pkey");
        check(CallerContext.Value.client(ORG, CLIENT, Origin.worker()), null, null, "client_assistants_of_client");
    }

    private static void check(CallerContext caller, UUID client, UUID agent, String index) {
        var list = Assistants.query(caller, client, agent, new Page());
        var plans = sql.plans(ORG, caller.role(), caller.clientId(), list);
        assertFalse(plans.contains("Seq Scan on client_assistants"), plans);
        assertTrue(plans.contains(index), plans);
    }
}
