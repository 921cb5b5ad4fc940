package io.switchboard.crm;

import io.switchboard.kit.test.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Random calendars against an oracle that looks at each minute alone, with the time zones of the same PostgreSQL. */
class OpenStretchesTest {
    static final int CASES = 300;

    /** The session's own zone must not matter, so it has one with changes of its own. */
    static final String COMPARE = """
            do $$
            declare
                c jsonb;
                since timestamptz;
                until timestamptz;
                expected tstzmultirange;
                actual tstzmultirange;
                seconds interval;
                differs timestamptz;
            begin
                perform set_config('timezone', 'America/New_York', true);
                for c in select jsonb_array_elements(current_setting('test.cases')::jsonb) loop
                    perform set_config('app.org_id', c ->> 'orgId', true);
                    insert into organization_settings
                        (org_id, id, time_zone, default_region, business_hours, closures, version)
                    values ((c ->> 'orgId')::uuid, (c ->> 'orgId')::uuid, c ->> 'zone', 'US', c -> 'businessHours', c -> 'closures', 1);
                    since := c ->> 'since';
                    until := c ->> 'until';
                    with minutes as materialized (
                        select m.starts, clock::date as day, clock::time as time
                        from generate_series(since, until - interval '1 minute', interval '1 minute') m (starts)
                        cross join lateral (select m.starts at time zone (c ->> 'zone')) here (clock)
                    ), hours as materialized (
                        select d.day, h.opens, h.closes
                        from (select distinct day from minutes) d
                        join jsonb_to_recordset(c -> 'hours') h (day int, opens time, closes time)
                            on h.day = extract(isodow from d.day)::int
                        where not exists (
                            select from jsonb_to_recordset(c -> 'closures') x ("from" date, "to" date)
                            where d.day between x."from" and x."to")
                    )
                    select coalesce(range_agg(tstzrange(m.starts, m.starts + interval '1 minute')), '{}') into expected
                    from minutes m
                    where exists (
                        select from hours h where h.day = m.day and m.time >= h.opens and m.time < h.closes);
                    select coalesce(range_agg(s), '{}') into actual from open_stretches(since, until) s;
                    if actual <> expected then
                        raise exception 'open_stretches of %: % instead of %', c, actual, expected;
                    end if;
                    select m into differs from generate_series(since, until, interval '97 minutes') m
                    where m < until and is_open(m) <> (expected @> m) limit 1;
                    if found then
                        raise exception 'is_open of % at %', c, differs;
                    end if;
                    select coalesce(sum(upper(e) - lower(e)), '0') into seconds from unnest(expected) e;
                    if has_business_hours() then
                        if open_time_between(since, until) <> seconds then
                            raise exception 'open_time_between of %: not %', c, seconds;
                        end if;
                        if seconds > '0' and add_open_time(since, seconds) is distinct from upper(expected) then
                            raise exception 'add_open_time of %: not %', c, upper(expected);
                        end if;
                    end if;
                end loop;
            end
            $$
            """;

    final Random random = new Random(20261101);

    @Test
    void stretches_equal_those_of_minutes_looked_at_alone() {
        var cases = new JsonArray();
        for (int i = 0; i < CASES; i++) {
            cases.add(next());
        }
        try (var database = TestDatabase.migrated("crm")) {
            database.sql("crm")
                    .caller(UUID.randomUUID(), "agent")
                    .with("statement_timeout", "1min")
                    .with("test.cases", cases.encode())
                    .run(COMPARE);
        }
    }

    private JsonObject next() {
        var calendar = new RandomCalendar(random);
        var since = calendar.near().minus(Duration.ofMinutes(random.nextInt(36 * 60)));
        return new JsonObject()
                .put("orgId", UUID.randomUUID().toString())
                .put("zone", calendar.zone())
                .put("businessHours", calendar.businessHours())
                .put("hours", calendar.hours())
                .put("closures", calendar.closures())
                .put("since", since.toString())
                .put(
                        "until",
                        since.plus(Duration.ofMinutes(random.nextInt(48 * 60))).toString());
    }
}
