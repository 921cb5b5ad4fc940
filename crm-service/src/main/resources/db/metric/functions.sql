--liquibase formatted sql

-- The only ways to the analytics views. The readers show the current organization's rows, to its staff.

--changeset crm:refresh-analytics-views splitStatements:false runOnChange:true
-- Brings the views up to date and answers when they were; readers go on meanwhile. Does nothing while another refresh runs, in the
-- rest after one, and while they are younger than asked for. In all it may load the database for a quarter of the time: the
-- rest is three times as long as the refresh took, 2 seconds at least. After a failure, which would only be repeated, it is ten
-- minutes. A statement's time-out is the caller's to set: one that the function set itself would not hold for it.
create or replace function refresh_analytics_views(older_than interval default interval '0 seconds') returns timestamptz
    language plpgsql security definer
    set search_path = ${schema}, pg_temp set work_mem = '64MB' set max_parallel_workers_per_gather = 0 set jit = off as $$
declare
    began constant timestamptz := clock_timestamp();
    known analytics_refreshes;
    is_first constant boolean := try_lock_job('refresh_analytics_views');
begin
    select * into known from analytics_refreshes; -- after the lock: by a statement that sees what its last holder wrote
    if not is_first or known.next_at > began or known.refreshed_at > began - older_than then
        return known.refreshed_at;
    end if;
    begin
        refresh materialized view concurrently ${schema}.ticket_metrics;
        refresh materialized view concurrently ${schema}.agent_performance;
        update analytics_refreshes set refreshed_at = began,
            next_at = clock_timestamp() + greatest(interval '2 seconds', 3 * (clock_timestamp() - began));
        return began;
    exception when query_canceled or others then
        raise warning 'the analytics views are not refreshed: %', sqlstate;
        update analytics_refreshes set next_at = clock_timestamp() + interval '10 minutes';
        return known.refreshed_at;
    end;
end
$$;
revoke all on function refresh_analytics_views(interval) from public;
grant execute on function refresh_analytics_views(interval) to ${schema}_app;
--rollback drop function refresh_analytics_views(interval);

--changeset crm:metric-range splitStatements:false runOnChange:true
-- The days that are asked for, both included, as far as they are not in the future: without an end until today, without a beginning
-- 30 of them. No row where they are more than 366, or end before they begin.
create or replace function metric_range("from" date, "to" date) returns table (since date, until date)
    language sql stable rows 1 as $$
    select asked.since, asked.until
    from business_calendar() calendar
    cross join lateral (select (now() at time zone calendar.time_zone)::date as today) clock
    cross join lateral (select least("to", clock.today) as until,
        coalesce("from", least("to", clock.today) - 29) as since) asked
    where coalesce("to", clock.today) >= asked.since and asked.until - asked.since < 366
$$;
revoke all on function metric_range(date, date) from public;
grant execute on function metric_range(date, date) to ${schema}_app;
--rollback drop function metric_range(date, date);

--changeset crm:ticket-metrics-by-day splitStatements:false runOnChange:true
-- Every day, or the part of every week from Monday, between two days, newest first; at most 366 days.
create or replace function ticket_metrics_by_day(since date, until date, by_week boolean, of_agent uuid, of_team uuid)
    returns table (day date, total_tickets bigint, resolved_tickets bigint, average_resolution_seconds bigint,
        average_first_response_seconds bigint, reopened bigint, backlog bigint)
    language sql stable security definer set search_path = ${schema}, pg_temp rows 30 as $$
    with own as (
        select m.* from ticket_metrics m
        where m.org_id = (select current_org_id()) and m.day <= until
            and (select current_role_name()) in ('admin', 'agent') and until - since < 366
            and (of_agent is null or m.agent_id = of_agent) and (of_team is null or m.team_id = of_team)
    ), days as (
        select own.day as of_day, sum(own.total_tickets) as total, sum(own.resolved_tickets) as resolved,
            sum(own.resolution_seconds) as resolution, sum(own.responded_tickets) as responded,
            sum(own.response_seconds) as response, sum(own.reopened_tickets) as reopened, sum(own.done_tickets) as done
        from own where own.day >= since group by own.day
    ), listed as (
        select d.day, days.*, (select coalesce(sum(own.total_tickets - own.done_tickets), 0) from own where own.day < since)
            + sum(coalesce(days.total - days.done, 0)) over (order by d.day) as backlog
        from (select g::date as day from generate_series(since::timestamp, least(until, since + 365)::timestamp, '1 day') g) d
        left join days on days.of_day = d.day
    )
    select case when by_week then date_trunc('week', listed.day::timestamp)::date else listed.day end as first_day,
        coalesce(sum(listed.total), 0)::bigint, coalesce(sum(listed.resolved), 0)::bigint,
        round(sum(listed.resolution) / nullif(sum(listed.resolved), 0))::bigint,
        round(sum(listed.response) / nullif(sum(listed.responded), 0))::bigint,
        coalesce(sum(listed.reopened), 0)::bigint, (array_agg(listed.backlog order by listed.day desc))[1]::bigint
    from listed group by first_day order by first_day desc
$$;
revoke all on function ticket_metrics_by_day(date, date, boolean, uuid, uuid) from public;
grant execute on function ticket_metrics_by_day(date, date, boolean, uuid, uuid) to ${schema}_app;
--rollback drop function ticket_metrics_by_day(date, date, boolean, uuid, uuid);

--changeset crm:agent-performance-by-day splitStatements:false runOnChange:true
-- What each agent did of the tickets of each day between two, newest first; days without tickets have no row. At most 5,001 rows.
create or replace function agent_performance_by_day(since date, until date, of_agent uuid, of_team uuid)
    returns table (day date, agent_id uuid, name text, total_tickets bigint, resolved_tickets bigint,
        average_resolution_seconds bigint, total_messages bigint)
    language sql stable security definer set search_path = ${schema}, pg_temp rows 300 as $$
    select p.day, p.agent_id, m.name, p.total::bigint, p.resolved::bigint,
        round(p.resolution / nullif(p.resolved, 0))::bigint, p.messages::bigint
    from (
        select a.day, a.agent_id, sum(a.total_tickets) as total, sum(a.resolved_tickets) as resolved,
            sum(a.resolution_seconds) as resolution, sum(a.total_messages) as messages
        from agent_performance a
        where a.org_id = (select current_org_id()) and a.day between since and until
            and (select current_role_name()) in ('admin', 'agent') and until - since < 366
            and (of_agent is null or a.agent_id = of_agent) and (of_team is null or a.team_id = of_team)
        group by a.day, a.agent_id
        order by a.day desc, a.agent_id
        limit 5001
    ) p
    left join members m on m.org_id = (select current_org_id()) and m.id = p.agent_id
    order by p.day desc, m.name, p.agent_id
$$;
revoke all on function agent_performance_by_day(date, date, uuid, uuid) from public;
grant execute on function agent_performance_by_day(date, date, uuid, uuid) to ${schema}_app;
--rollback drop function agent_performance_by_day(date, date, uuid, uuid);
