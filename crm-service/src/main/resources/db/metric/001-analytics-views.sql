--liquibase formatted sql

-- Views whose rows belong to all tenants and know no row level security: the app role has no right to any of them, and reads them
-- through the functions beside this file. All names have their schema: a refresh runs with a search_path of its own.
-- Before a concurrent refresh PostgreSQL compares all new rows that have no null with each other, to find rows that are there twice.
-- That takes as long as all the rest, and "group by" makes none: so each row of the materialized views has a null.

--changeset crm:metric-001-counted-tickets
-- The tickets that figures count: duplicates that were merged into another ticket are left out, as their messages are that one's
-- now. Days are those of the organization's time zone; a name that PostgreSQL does not know must not end everybody's refresh.
-- What no team or agent has is 0 there, so that rows compare.
create view counted_tickets with (security_invoker = true) as
with zones as materialized (
    select s.org_id, s.time_zone
    from ${schema}.organization_settings s
    where s.time_zone in (select n.name from pg_catalog.pg_timezone_names n)
)
select t.org_id, t.id,
    coalesce(t.assigned_team_id, '00000000-0000-0000-0000-000000000000') as team_id,
    coalesce(t.assigned_agent_id, '00000000-0000-0000-0000-000000000000') as agent_id,
    (t.created_at at time zone coalesce(z.time_zone, 'UTC'))::date as created_on,
    (least(t.resolved_at, t.closed_at) at time zone coalesce(z.time_zone, 'UTC'))::date as done_on,
    extract(epoch from t.resolved_at - t.created_at) as resolution_seconds,
    extract(epoch from t.first_responded_at - t.created_at) as response_seconds,
    t.reopened_count > 0 as was_reopened
from ${schema}.tickets t
left join zones z on z.org_id = t.org_id
where t.merged_into_id is null;
--rollback drop view counted_tickets;

--changeset crm:metric-001-ticket-metrics
-- Sums and counts, no averages: those of several rows would be wrong. A ticket counts on the day it was created, and once more, in
-- done_tickets, on the day it was resolved or closed: the backlog of a day is what was created until then, less what was done.
create materialized view ticket_metrics as
select t.org_id, counted.day, t.team_id, t.agent_id,
    count(*) filter (where counted.as_new) as total_tickets,
    count(t.resolution_seconds) filter (where counted.as_new) as resolved_tickets,
    coalesce(sum(t.resolution_seconds) filter (where counted.as_new), 0) as resolution_seconds,
    count(t.response_seconds) filter (where counted.as_new) as responded_tickets,
    coalesce(sum(t.response_seconds) filter (where counted.as_new), 0) as response_seconds,
    count(*) filter (where counted.as_new and t.was_reopened) as reopened_tickets,
    count(*) filter (where not counted.as_new) as done_tickets,
    null::boolean as is_compared
from ${schema}.counted_tickets t
cross join lateral (values (t.created_on, true), (t.done_on, false)) counted (day, as_new)
where counted.day is not null
group by t.org_id, counted.day, t.team_id, t.agent_id;
create unique index ticket_metrics_key on ticket_metrics (org_id, day, team_id, agent_id);
--rollback drop materialized view ticket_metrics;

--changeset crm:metric-001-agent-performance
-- The tickets of a day by the agent who has them. Messages are counted before they meet the tickets, which would count each ticket
-- once a message otherwise; what the system notes is no message.
create materialized view agent_performance as
select t.org_id, t.created_on as day, t.agent_id, t.team_id,
    count(*) as total_tickets,
    count(t.resolution_seconds) as resolved_tickets,
    coalesce(sum(t.resolution_seconds), 0) as resolution_seconds,
    coalesce(sum(m.messages), 0)::bigint as total_messages,
    null::boolean as is_compared
from ${schema}.counted_tickets t
left join (
    select org_id, ticket_id, count(*) as messages from ${schema}.messages where type <> 'system' group by org_id, ticket_id
) m on m.org_id = t.org_id and m.ticket_id = t.id
where t.agent_id <> '00000000-0000-0000-0000-000000000000'
group by t.org_id, t.created_on, t.agent_id, t.team_id;
create unique index agent_performance_key on agent_performance (org_id, day, agent_id, team_id);
--rollback drop materialized view agent_performance;

--changeset crm:metric-001-analytics-refreshes
-- One row, for all tenants: what was committed before refreshed_at is in the views, and they are not refreshed again before next_at.
create table analytics_refreshes (
    is_only boolean primary key default true check (is_only),
    refreshed_at timestamptz not null,
    next_at timestamptz not null
);
insert into analytics_refreshes (refreshed_at, next_at) values (now(), now());
grant select on analytics_refreshes to ${schema}_app;
--rollback drop table analytics_refreshes;
