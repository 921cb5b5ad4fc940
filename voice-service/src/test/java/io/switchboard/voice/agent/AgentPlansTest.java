package io.switchboard.voice.agent;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.voice.AppSql;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** At a volume where PostgreSQL would rather not read everything, and so shows whether it must. */
class AgentPlansTest {
    private static final UUID BIG = UUID.randomUUID();
    private static final UUID OWNER = UUID.randomUUID();
    private static final UUID AGENT = UUID.randomUUID();

    /** Of one organization 10,000, a hundred of them its owner's; of 3,000 others three each. One agent has 5,000 versions. */
    private static final String FILL = """
            insert into agents (org_id, owner_id, name, status)
            select case when n <= 10000 then '%1$s'::uuid else md5('org ' || n %% 3000)::uuid end,
                case when n %% 100 = 0 then '%2$s'::uuid else gen_random_uuid() end, 'Agent',
                (array['draft', 'active', 'active', 'paused'])[1 + n %% 4]::agent_status
            from generate_series(1, 19000) n""";

    private static final String FILL_VERSIONS = """
            insert into agent_versions (org_id, agent_id, version, changed, content)
            select '%1$s', case when n <= 5000 then '%2$s'::uuid else md5(n::text)::uuid end, n, '{}', '{}'
            from generate_series(1, 20000) n""";

    private static AppSql sql;

    @BeforeAll
    static void fill() {
        sql = new AppSql();
        sql.fill(
                FILL.formatted(BIG, OWNER),
                FILL_VERSIONS.formatted(BIG, AGENT),
                "insert into agents (org_id, id, owner_id, name) values ('" + BIG + "', '" + AGENT + "', '" + OWNER
                        + "', 'A')",
                "vacuum analyze agents",
                "vacuum analyze agent_versions");
    }

    @AfterAll
    static void stop() {
        sql.close();
    }

    @Test
    void no_list_reads_more_than_it_must() {
        var admin = CallerContext.Value.user(BIG, UUID.randomUUID(), "admin", Origin.worker());
        for (var status : Arrays.asList(null, AgentStatus.DRAFT, AgentStatus.ACTIVE, AgentStatus.PAUSED)) {
            for (var owner : Arrays.asList(null, OWNER)) {
                for (var cursor : Arrays.asList(null, new Cursor("", UUID.randomUUID()))) {
                    var plans = plans(admin, Agents.query(admin, status, owner, Page.of(50, cursor)));
                    var index = owner != null
                            ? "agents_of_owner"
                            : status == null ? "agents_pkey" : "agents_" + status.wire();
                    assertTrue(plans.contains(index), plans);
                }
            }
        }
    }

    @Test
    void a_user_s_own_are_found_by_the_owner() {
        var user = CallerContext.Value.user(BIG, OWNER, "user", Origin.worker());
        var plans = plans(user, Agents.query(user, null, null, Page.of(50, null)));
        assertTrue(plans.contains("agents_of_owner"), plans);
    }

    @Test
    void versions_are_read_in_their_order() {
        var admin = CallerContext.Value.user(BIG, UUID.randomUUID(), "admin", Origin.worker());
        var plans = plans(admin, AgentVersions.query(BIG, AGENT, Page.of(50, null)));
        assertTrue(plans.contains("agent_versions_of_agent"), plans);
    }

    private static String plans(CallerContext caller, ListQuery list) {
        var plans = sql.plans(BIG, caller.role(), null, list);
        assertFalse(plans.contains("Seq Scan"), plans);
        return plans;
    }
}
