package io.switchboard.crm.sla;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.switchboard.kit.test.SqlSession;
import io.vertx.core.json.JsonArray;
import java.util.List;

/** Lists each open minute of a calendar once, in the same PostgreSQL, and counts. */
final class SlaOracle {
    private static final String TABLES = """
            create temp table open_minutes (calendar int, minute timestamptz);
            create temp table expected (id uuid, since timestamptz, paused_since timestamptz, answered timestamptz, ended timestamptz,
                pauses tstzmultirange, response_due_at timestamptz, resolution_due_at timestamptz)""";

    /** Of 14 days. Days that have no hours are closed, unless no day has any. */
    private static final String LIST = """
            drop index if exists open_minutes_in_order;
            truncate open_minutes;
            insert into open_minutes
            with calendars as materialized (
                select * from jsonb_to_recordset('%2$s') c (number int, zone text, hours jsonb, closures jsonb)
            ), minutes as materialized (
                select c.number, m.starts, clock::date as day, clock::time as time
                from calendars c
                cross join generate_series('%1$s'::timestamptz, '%1$s'::timestamptz + interval '336 hours', '1 minute') m (starts)
                cross join lateral (select m.starts at time zone c.zone) here (clock)
            ), hours as materialized (
                select d.number, d.day, h.opens, h.closes
                from (select distinct number, day from minutes) d
                join calendars c on c.number = d.number
                cross join lateral jsonb_to_recordset(c.hours) h (day int, opens time, closes time)
                where h.day = extract(isodow from d.day)::int and not exists (
                    select from jsonb_to_recordset(c.closures) x ("from" date, "to" date) where d.day between x."from" and x."to")
                union all
                select distinct m.number, m.day, time '00:00', time '24:00'
                from minutes m join calendars c on c.number = m.number and c.hours = '[]'
            )
            select m.number, m.starts from minutes m
            where exists (
                select from hours h where h.number = m.number and h.day = m.day and m.time >= h.opens and m.time < h.closes);
            create index open_minutes_in_order on open_minutes (calendar, minute);
            analyze open_minutes""";

    private static final String EXPECT = """
            truncate expected;
            insert into expected
            with given as materialized (
                select e.*, '%1$s'::timestamptz + e.created * interval '1 minute' as since, coalesce(p.during, '{}') as during
                from jsonb_to_recordset('%2$s') e (id uuid, created int, paused_since int, answered int, ended int, pauses jsonb,
                    response_calendar int, response_minutes int, resolution_calendar int, resolution_minutes int)
                cross join lateral (
                    select range_agg(tstzrange('%1$s'::timestamptz + p.starts * interval '1 minute',
                        '%1$s'::timestamptz + p.ends * interval '1 minute')) as during
                    from jsonb_to_recordset(e.pauses) p (starts int, ends int)) p
            )
            select g.id, g.since, '%1$s'::timestamptz + g.paused_since * interval '1 minute',
                '%1$s'::timestamptz + g.answered * interval '1 minute', '%1$s'::timestamptz + g.ended * interval '1 minute', g.during,
                (
                    select m.minute + interval '1 minute' from open_minutes m
                    where m.calendar = g.response_calendar and m.minute >= g.since
                    order by m.minute offset g.response_minutes - 1 limit 1),
                (
                    select m.minute + interval '1 minute' from open_minutes m
                    where m.calendar = g.resolution_calendar and m.minute >= g.since and not g.during @> m.minute
                    order by m.minute offset g.resolution_minutes - 1 limit 1)
            from given g""";

    /** What is due after the listed minutes is unknown here. */
    private static final String DIFFERENCES = """
            select format('%%s at %%s: %%s and %%s instead of %%s and %%s, paused %%s since %%s', e.id, e.since,
                t.first_response_due_at, t.resolution_due_at, e.response_due_at, e.resolution_due_at, e.pauses, t.paused_since)
            from expected e join tickets t on t.org_id = '%2$s' and t.id = e.id
            where t.paused_since is distinct from e.paused_since
                or pauses_of_ticket(t.org_id, t.id) <> e.pauses
                or coalesce(t.first_response_due_at, 'infinity') <> e.response_due_at
                or coalesce(t.resolution_due_at, 'infinity') <> e.resolution_due_at
                or e.response_due_at is null and t.first_response_due_at < '%1$s'::timestamptz + interval '336 hours'
                or e.resolution_due_at is null and t.resolution_due_at < '%1$s'::timestamptz + interval '336 hours'""";

    private static final String WRONG_BREACHES = """
            select format('%s: %s and %s instead of %s and %s', e.id, t.first_response_breached_at, t.resolution_breached_at,
                e.response_due_at, e.resolution_due_at)
            from expected e join tickets t on t.id = e.id
            where e.response_due_at < pg_catalog.now() and t.first_response_breached_at is distinct from
                    case when coalesce(e.answered, 'infinity') > e.response_due_at and coalesce(e.ended, 'infinity') > e.response_due_at
                        then e.response_due_at end
                or e.resolution_due_at < pg_catalog.now() and t.resolution_breached_at is distinct from
                    case when coalesce(e.paused_since, 'infinity') > e.resolution_due_at then e.resolution_due_at end""";

    private final SqlSession session;

    SlaOracle(SqlSession session) {
        this.session = session;
        session.run(TABLES);
    }

    void list(String begin, JsonArray calendars) {
        session.run(LIST.formatted(begin, calendars.encode()));
    }

    /** @return how many due times are known */
    long compare(String begin, String orgId, JsonArray expected) {
        session.run(EXPECT.formatted(begin, expected.encode()));
        assertEquals(List.of(), session.column(DIFFERENCES.formatted(begin, orgId)));
        return session.number("select count(response_due_at) + count(resolution_due_at) from expected");
    }

    /** @return how many clocks have been stamped */
    long compareBreaches() {
        assertEquals(List.of(), session.column(WRONG_BREACHES));
        return session.number("select count(t.first_response_breached_at) + count(t.resolution_breached_at)"
                + " from expected e join tickets t on t.id = e.id");
    }
}
