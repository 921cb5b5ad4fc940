--liquibase formatted sql

--changeset voice:analytics-001-calls
-- Sums of calls, one row a day of the organization's clock, client, assistant, voice agent and its owner. The trigger count_calls is the
-- only writer. Legs are not counted, and what counts nothing has no row. No key of UUIDs: four of the columns may be null.
create table call_analytics (
    org_id uuid not null,
    local_day date not null,
    client_id uuid,
    assistant_id uuid,
    agent_id uuid,
    owner_id uuid,
    calls int not null,
    answered int not null,      -- by a person
    missed int not null,        -- inbound, ended, not answered
    seconds bigint not null,    -- of talk
    cost numeric(20, 6) not null, -- in USD; other currencies are in call_breakdowns
    tokens bigint not null,
    successes int not null,
    failures int not null,
    by_hour int[] not null,     -- 24 numbers: the calls that began from 0:00, from 1:00 and so on
    constraint call_analytics_key unique nulls not distinct (org_id, local_day, client_id, assistant_id, agent_id, owner_id)
) with (fillfactor = 70);       -- for updates in place
alter table call_analytics enable row level security, force row level security;
-- As that of call_logs.
create policy own_org_select on call_analytics for select to ${schema}_app using (
    org_id = (select current_org_id())
    and ((select current_role_name() in ('admin', 'agent', 'service'))
        or (select current_role_name() = 'client') and client_id = (select active_client_id())
        or (select current_role_name() = 'user') and owner_id = (select current_user_id())
        or (select current_role_name() = 'enterprise') and agent_id is not null));
create policy owner on call_analytics to ${schema}_owner using (true) with check (true);
grant select on call_analytics to ${schema}_app;
--rollback drop table call_analytics;

--changeset voice:analytics-001-counted
-- What a call counts, or by how much that changes.
create type counted_call as (
    org_id uuid,
    local_day date,
    client_id uuid,
    assistant_id uuid,
    agent_id uuid,
    owner_id uuid,
    local_hour int,
    provider text,
    number text,                -- the organization's own
    ended_reason text,
    other_currency text,        -- null for USD
    calls int,
    answered int,
    missed int,
    seconds int,
    cost numeric,               -- in USD
    other_cost numeric,
    tokens int,
    successes int,
    failures int
);
--rollback drop type counted_call;

--changeset voice:analytics-001-breakdowns
-- The same calls by what else they are asked for, one row a kind and value: the provider, the organization's own number (null
-- where it is unknown), the reason why they ended, and the currency of their cost where it is not USD.
create table call_breakdowns (
    org_id uuid not null,
    kind text not null check (kind in ('provider', 'number', 'ended_reason', 'currency')),
    local_day date not null,
    client_id uuid,
    agent_id uuid,
    owner_id uuid,
    value text,
    calls int not null,
    answered int not null,
    missed int not null,
    seconds bigint not null,
    cost numeric(20, 6) not null, -- in USD, but of kind currency in that
    tokens bigint not null,
    successes int not null,
    failures int not null,
    constraint call_breakdowns_key unique nulls not distinct (org_id, kind, local_day, client_id, agent_id, owner_id, value)
) with (fillfactor = 70);
alter table call_breakdowns enable row level security, force row level security;
create policy own_org_select on call_breakdowns for select to ${schema}_app using (
    org_id = (select current_org_id())
    and ((select current_role_name() in ('admin', 'agent', 'service'))
        or (select current_role_name() = 'client') and client_id = (select active_client_id())
        or (select current_role_name() = 'user') and owner_id = (select current_user_id())
        or (select current_role_name() = 'enterprise') and agent_id is not null));
create policy owner on call_breakdowns to ${schema}_owner using (true) with check (true);
grant select on call_breakdowns to ${schema}_app;
--rollback drop table call_breakdowns;
