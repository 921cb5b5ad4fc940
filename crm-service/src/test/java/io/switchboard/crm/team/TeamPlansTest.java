package io.switchboard.crm.team;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Plans;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TeamPlansTest {
    private static final UUID ORG = UUID.randomUUID();
    private static final UUID TEAM = UUID.randomUUID();
    private static final UUID MIDDLE = UUID.fromString("80000000-0000-4000-8000-000000000000");

    /** 40,000 teams, most of them of one organization. */
    private static final String TEAMS =
            "insert into teams (org_id, id, name) select case when n <= 30000 then '%1$s'::uuid else md5('other')::uuid end,"
                    + " case when n = 1 then '%2$s'::uuid else gen_random_uuid() end, 'Team ' || n from generate_series(1, 40000) n";

    private static final String PEOPLE = "insert into members (org_id, id, name, email, role, is_active, version)"
            + " select '%s', gen_random_uuid(), 'Plan ' || n, n || '@example.com', 'agent', true, 1 from generate_series(1, 500) n";

    /** Everybody in one team, and each in four others. */
    private static final String MEMBERS = "insert into team_members (org_id, team_id, user_id)"
            + " select p.org_id, t.id, p.id from members p join lateral (select '%2$s'::uuid as id union"
            + " (select id from teams where org_id = p.org_id and name in ('Team 2', 'Team 3', 'Team 4', 'Team 5'))) t on true"
            + " where p.org_id = '%1$s'";

    @BeforeAll
    static void fill() {
        Sql.superuser()
                .withoutTriggers()
                .run(
                        TEAMS.formatted(ORG, TEAM),
                        PEOPLE.formatted(ORG),
                        MEMBERS.formatted(ORG, TEAM),
                        "analyze teams",
                        "analyze members",
                        "analyze team_members");
    }

    /** Other tests may read whole tables. */
    @AfterAll
    static void empty() {
        Sql.superuser()
                .withoutTriggers()
                .run(
                        "delete from team_members where org_id = '%s'".formatted(ORG),
                        "delete from members where org_id = '%s'".formatted(ORG),
                        "delete from teams where org_id in ('%s', md5('other')::uuid)".formatted(ORG),
                        "vacuum analyze teams",
                        "vacuum analyze members",
                        "vacuum analyze team_members");
    }

    @Test
    void a_page_reads_its_own_rows() {
        try (var app = Sql.app(ORG, UUID.randomUUID(), "agent").open()) {
            for (var after : Arrays.asList(null, new Cursor("Team 20000", MIDDLE))) {
                Plans.readsOnlyThePage(app, Teams.query(ORG, Plans.page(after)));
            }
            // A team has 500 members at most, which may be sorted.
            for (var after : Arrays.asList(null, new Cursor("", MIDDLE))) {
                var list = TeamMembers.query(ORG, TEAM, Plans.page(after));
                Plans.noSequentialScan(app, list.text(), list.args());
            }
        }
    }
}
