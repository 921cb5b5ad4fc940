package io.switchboard.crm.sla;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.crm.RandomCalendar;
import io.switchboard.kit.test.SqlSession;
import io.switchboard.kit.test.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random histories of tickets under random calendars, played through the triggers, against {@link SlaOracle}. */
class SlaTimesTest {
    private static final int ORGANIZATIONS = Integer.getInteger("sla.organizations", 50);
    private static final int TICKETS = 200;
    private static final long SEED = Long.getLong("sla.seed", 20261129);
    private static final int STAMPED = 4; // organizations whose breaches are stamped, too
    private static final int DAY = 24 * 60;

    /** Found before PostgreSQL's own: the functions of tickets see the time of the step. The session's zone must not matter. */
    private static final String CLOCK = """
            create function crm.now() returns timestamptz language sql stable as
                $$ select current_setting('test.now')::timestamptz $$;
            set search_path = crm, pg_catalog, ext;
            set timezone = 'America/New_York';
            alter function keep_ticket_sla() set search_path = crm, pg_catalog, pg_temp;
            alter table tickets enable always trigger sla_first;
            alter table tickets enable always trigger sla""";

    private static final String SET = """
            set app.org_id = '%1$s';
            set test.now = '%2$s';
            insert into organization_settings (org_id, id, time_zone, default_region, business_hours, closures, version)
            values ('%1$s', '%1$s', '%3$s', 'US', '%4$s', '%5$s', 1)
            on conflict (org_id, id) do update set time_zone = excluded.time_zone, business_hours = excluded.business_hours,
                closures = excluded.closures;
            insert into sla_policies (org_id, priority, first_response_minutes, resolution_minutes) values %6$s
            on conflict (org_id, priority) do update set first_response_minutes = excluded.first_response_minutes,
                resolution_minutes = excluded.resolution_minutes""";

    private static final String PLAY = """
            do $$
            declare
                step record;
            begin
                for step in select * from jsonb_to_recordset('%3$s') s (id uuid, at int, what text, word text) loop
                    perform set_config('test.now', ('%1$s'::timestamptz + step.at * interval '1 minute')::text, false);
                    case step.what
                        when 'created' then
                            insert into tickets (org_id, id, number, title, status, priority, created_at)
                            select '%2$s', step.id, count(*) + 1, 'Printer', 'new', step.word::ticket_priority, now()
                            from tickets where org_id = '%2$s';
                        when 'status' then
                            update tickets set status = step.word::ticket_status,
                                resolved_at = case when step.word in ('resolved', 'closed') then coalesce(resolved_at, now()) end,
                                closed_at = case when step.word = 'closed' then coalesce(closed_at, now()) end
                            where org_id = '%2$s' and id = step.id;
                        when 'priority' then
                            update tickets set priority = step.word::ticket_priority where org_id = '%2$s' and id = step.id;
                        else
                            update tickets set first_responded_at = coalesce(first_responded_at, now())
                            where org_id = '%2$s' and id = step.id;
                    end case;
                end loop;
            end
            $$""";

    private static final String RECOMPUTE = """
            do $$
            declare
                last uuid := '00000000-0000-0000-0000-000000000000';
            begin
                while last is not null loop
                    last := recompute_ticket_sla(last, 60);
                end loop;
            end
            $$""";

    @Test
    void due_times_and_breaches_equal_those_of_listed_minutes() {
        var random = new Random(SEED);
        long known = 0;
        long stamped = 0;
        try (var database = TestDatabase.migrated("crm");
                var session = database.sql("crm").withoutTriggers().open()) {
            session.run(CLOCK);
            var oracle = new SlaOracle(session);
            for (int i = 0; i < ORGANIZATIONS; i++) {
                known += compare(session, oracle, random);
                if (i < STAMPED) {
                    stampBreaches(session);
                    stamped += oracle.compareBreaches();
                }
            }
        }
        assertTrue(known > ORGANIZATIONS * TICKETS, "only " + known + " due times are known to the oracle");
        assertTrue(stamped > TICKETS, "only " + stamped + " clocks have run out");
    }

    private static long compare(SqlSession session, SlaOracle oracle, Random random) {
        var orgId = UUID.randomUUID().toString();
        var before = new RandomCalendar(random);
        var after = before.next();
        var minutes = List.of(minutes(random), minutes(random));
        var begin = before.near()
                .minus(Duration.ofMinutes(random.nextInt(5 * DAY)))
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
        var changedAt = random.nextInt(3) == 0 ? 20 * DAY : random.nextInt(7 * DAY);
        var tickets = IntStream.range(0, TICKETS)
                .mapToObj(i -> new TicketHistory(random, changedAt))
                .toList();
        oracle.list(begin, new JsonArray().add(calendar(0, before)).add(calendar(1, after)));
        session.run(set(orgId, begin, before, minutes.get(0)));
        session.run(PLAY.formatted(begin, orgId, joined(tickets, ticket -> ticket.steps(changedAt, true))));
        session.run(set(orgId, begin, after, minutes.get(1)));
        session.run(RECOMPUTE);
        session.run(PLAY.formatted(begin, orgId, joined(tickets, ticket -> ticket.steps(changedAt, false))));
        return oracle.compare(begin, orgId, joined(tickets, ticket -> new JsonArray().add(ticket.expected(minutes))));
    }

    private static void stampBreaches(SqlSession session) {
        while (session.number("select stamp_sla_breaches()") > 0) {
            // the next step
        }
    }

    private static String set(String orgId, String now, RandomCalendar calendar, Map<String, int[]> minutes) {
        var policies = minutes.entrySet().stream()
                .map(policy -> "('%s', '%s', %d, %d)"
                        .formatted(orgId, policy.getKey(), policy.getValue()[0], policy.getValue()[1]))
                .toList();
        return SET.formatted(
                orgId,
                now,
                calendar.zone(),
                calendar.businessHours().encode(),
                calendar.closures().encode(),
                String.join(", ", policies));
    }

    /** Of the first response and of the resolution, by priority. */
    private static Map<String, int[]> minutes(Random random) {
        var minutes = new HashMap<String, int[]>();
        TicketHistory.PRIORITIES.forEach(
                priority -> minutes.put(priority, new int[] {1 + random.nextInt(600), 1 + random.nextInt(1_800)}));
        return minutes;
    }

    private static JsonObject calendar(int number, RandomCalendar calendar) {
        return new JsonObject()
                .put("number", number)
                .put("zone", calendar.zone())
                .put("hours", calendar.hours())
                .put("closures", calendar.closures());
    }

    private static JsonArray joined(List<TicketHistory> tickets, Function<TicketHistory, JsonArray> part) {
        var all = new JsonArray();
        tickets.forEach(ticket -> all.addAll(part.apply(ticket)));
        return all;
    }
}
