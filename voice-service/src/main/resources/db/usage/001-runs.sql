--liquibase formatted sql

--changeset voice:usage-001-runs
-- What voice agents used: a row a call, conversation or reported run. A call's row has the call's id and is written by trigger
-- (record_call_run). No foreign keys: what was used stays when the agent or its owner goes.
create table agent_runs (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    agent_id uuid not null,
    owner_id uuid not null,     -- the user whose quota it counts against: the agent's owner at that time
    source text not null check (source in ('api', 'call', 'widget')),
    conversation_id uuid,
    local_day date not null,    -- by the organization's clock: the call's, else the day on which it was recorded
    started_at timestamptz not null,
    ended_at timestamptz not null,
    tokens int not null check (tokens >= 0),
    duration_seconds int not null check (duration_seconds >= 0), -- of talk
    cost numeric(14, 6) not null check (cost >= 0), -- in USD; 0 for a call that cost in another currency
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint run_conversation_taken unique (org_id, conversation_id)
);
create index agent_runs_of_agent on agent_runs (org_id, agent_id, created_at desc, id desc);

alter table agent_runs enable row level security, force row level security;
-- Those who once used agents and have another role by now see nothing of it.
create policy own_org_select on agent_runs for select to ${schema}_app using (
    org_id = (select current_org_id())
    and ((select current_role_name() in ('admin', 'enterprise', 'service'))
        or (select current_role_name() = 'user') and owner_id = (select current_user_id())));
create policy own_org_insert on agent_runs for insert to ${schema}_app with check (
    org_id = (select current_org_id()) and source <> 'call'
    and ((select current_role_name() in ('admin', 'service'))
        or (select current_role_name() in ('user', 'enterprise')) and owner_id = (select current_user_id()))
    and exists (select from agents a
        where a.org_id = agent_runs.org_id and a.id = agent_runs.agent_id and a.owner_id = agent_runs.owner_id));
create policy owner on agent_runs to ${schema}_owner using (true) with check (true);
grant select, insert on agent_runs to ${schema}_app;

create trigger touch before update on agent_runs for each row
    when (old.* is distinct from new.*) execute function touch_updated_at();
create trigger refuse_org_change before update on agent_runs for each row execute function refuse_org_change();
create trigger next_version before update on agent_runs for each row
    when (old.* is distinct from new.* and old.version = new.version) execute function next_version();
create trigger audit after insert or update or delete on agent_runs for each row execute function audit_change();
--rollback drop table agent_runs;

--changeset voice:usage-001-months
-- What each user has used in a month of the organization's clock; locked while a run is admitted. Only the trigger of agent_runs
-- adds to it.
create table usage_months (
    org_id uuid not null,
    user_id uuid not null,
    month date not null,        -- its first day
    runs int not null default 0,
    calls int not null default 0, -- those of the runs that are calls
    tokens bigint not null default 0,
    seconds bigint not null default 0,
    cost numeric(20, 6) not null default 0, -- in USD
    noticed_percent smallint not null default 0, -- of the quota: the owner was notified of 80 or 100
    primary key (org_id, user_id, month)
) with (fillfactor = 70);       -- for updates in place
alter table usage_months enable row level security, force row level security;
create policy own_org_select on usage_months for select to ${schema}_app using (
    org_id = (select current_org_id())
    and ((select current_role_name() in ('admin', 'enterprise', 'service'))
        or (select current_role_name() = 'user') and user_id = (select current_user_id())));
create policy owner on usage_months to ${schema}_owner using (true) with check (true);
grant select on usage_months to ${schema}_app;
--rollback drop table usage_months;

--changeset voice:usage-001-tracking
-- The same by day, voice agent and source. What counts nothing has no row.
create table user_usage_tracking (
    org_id uuid not null,
    user_id uuid not null,
    day date not null,
    agent_id uuid not null,
    source text not null,
    runs int not null,
    tokens bigint not null,
    seconds bigint not null,
    cost numeric(20, 6) not null, -- in USD
    primary key (org_id, user_id, day, agent_id, source)
) with (fillfactor = 70);
create index user_usage_tracking_by_day on user_usage_tracking (org_id, day, user_id, agent_id); -- the export's order
alter table user_usage_tracking enable row level security, force row level security;
create policy own_org_select on user_usage_tracking for select to ${schema}_app using (
    org_id = (select current_org_id())
    and ((select current_role_name() in ('admin', 'enterprise', 'service'))
        or (select current_role_name() = 'user') and user_id = (select current_user_id())));
create policy owner on user_usage_tracking to ${schema}_owner using (true) with check (true);
grant select on user_usage_tracking to ${schema}_app;
--rollback drop table user_usage_tracking;
