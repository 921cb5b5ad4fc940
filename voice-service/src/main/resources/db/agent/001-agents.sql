--liquibase formatted sql

--changeset voice:agent-001-status
create type agent_status as enum ('draft', 'active', 'paused');
--rollback drop type agent_status;

--changeset voice:agent-001-agents
-- The voice agents: AI assistants as their owners configured them.
create table agents (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    owner_id uuid not null,                 -- the user whose limits and quota it counts against
    name text not null,
    description text,
    personality_tone text,
    system_prompt text,
    first_message text,
    voice text,                             -- provider/id, or an id
    model text,                             -- provider/id, or an id
    language text,                          -- BCP 47
    eval_method text,
    max_call_duration int not null default 600 check (max_call_duration between 10 and 43200), -- seconds
    provider text,
    provider_assistant_id text,             -- the agent's id at that provider; null where each answer describes it
    allowed_tools text[] not null default '{lookup_contact,upsert_contact,check_availability,book_appointment,search_knowledge,open_ticket,reschedule_appointment,cancel_appointment}',
    status agent_status not null default 'active',
    behaviour_version int not null default 1, -- the newest of agent_versions
    version int not null default 0,         -- of the row, for its ETag
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id)
);
create index agents_of_owner on agents (org_id, owner_id, id);
create index agents_draft on agents (org_id, id) where status = 'draft';
create index agents_active on agents (org_id, id) where status = 'active';
create index agents_paused on agents (org_id, id) where status = 'paused';
create index agents_at_provider on agents (org_id, provider_assistant_id) where provider_assistant_id is not null;

alter table agents enable row level security, force row level security;
-- Those who once owned agents and have another role by now are none of their owners.
create policy own_org_select on agents for select to ${schema}_app using (
    org_id = (select current_org_id())
    and ((select current_role_name() in ('admin', 'enterprise', 'service'))
        or (select current_role_name() = 'user') and owner_id = (select current_user_id())));
create policy own_org_insert on agents for insert to ${schema}_app with check (
    org_id = (select current_org_id())
    and ((select current_role_name() in ('admin', 'service'))
        or (select current_role_name() in ('user', 'enterprise')) and owner_id = (select current_user_id())));
create policy own_org_update on agents for update to ${schema}_app
    using (
        org_id = (select current_org_id())
        and ((select current_role_name() in ('admin', 'service'))
            or (select current_role_name() in ('user', 'enterprise')) and owner_id = (select current_user_id())))
    with check (
        org_id = (select current_org_id())
        and ((select current_role_name() in ('admin', 'service'))
            or (select current_role_name() in ('user', 'enterprise')) and owner_id = (select current_user_id())));
create policy own_org_delete on agents for delete to ${schema}_app using (
    org_id = (select current_org_id())
    and ((select current_role_name() in ('admin', 'service'))
        or (select current_role_name() in ('user', 'enterprise')) and owner_id = (select current_user_id())));
create policy owner on agents to ${schema}_owner using (true) with check (true);
grant select, insert, update, delete on agents to ${schema}_app;

create trigger touch before update on agents for each row
    when (old.* is distinct from new.*) execute function touch_updated_at();
create trigger refuse_org_change before update on agents for each row execute function refuse_org_change();
create trigger next_version before update on agents for each row
    when (old.* is distinct from new.* and old.version = new.version) execute function next_version();
create trigger audit after insert or update or delete on agents for each row execute function audit_change();
--rollback drop table agents;

--changeset voice:agent-001-counts
-- How many agents each owner has: locked while one is added, so that a limit holds whatever is created at the same time.
-- Only the triggers of agents write it.
create table agent_counts (
    org_id uuid not null,
    owner_id uuid not null,
    agents int not null check (agents >= 0),
    primary key (org_id, owner_id)
);
alter table agent_counts enable row level security, force row level security;
create policy own_org_select on agent_counts for select to ${schema}_app using (
    org_id = (select current_org_id())
    and ((select current_role_name() in ('admin', 'enterprise', 'service')) or owner_id = (select current_user_id())));
create policy owner on agent_counts to ${schema}_owner using (true) with check (true);
grant select on agent_counts to ${schema}_app;
--rollback drop table agent_counts;

--changeset voice:agent-001-versions
-- What each agent was to do, a row a change of it.
create table agent_versions (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    agent_id uuid not null,
    version int not null,                   -- from 1, in the agent
    changed_by uuid,                        -- the user; null where no user did
    changed text[] not null,                -- the fields, as on the wire
    restored_from int,                      -- the version that was restored
    content jsonb not null,                 -- all fields but owner and status, as on the wire
    created_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint agent_version_taken unique (org_id, agent_id, version),
    constraint "agentId" foreign key (org_id, agent_id) references agents (org_id, id) on delete cascade
);
create index agent_versions_of_agent on agent_versions (org_id, agent_id, id);

alter table agent_versions enable row level security, force row level security;
-- Those who see the agent see its versions.
create policy own_org_select on agent_versions for select to ${schema}_app using (
    org_id = (select current_org_id())
    and exists (select from agents a where a.org_id = agent_versions.org_id and a.id = agent_versions.agent_id));
create policy own_org_insert on agent_versions for insert to ${schema}_app with check (
    org_id = (select current_org_id())
    and exists (select from agents a where a.org_id = agent_versions.org_id and a.id = agent_versions.agent_id
        and ((select current_role_name() in ('admin', 'service'))
            or (select current_role_name() in ('user', 'enterprise')) and a.owner_id = (select current_user_id()))));
create policy owner on agent_versions to ${schema}_owner using (true) with check (true);
grant select, insert on agent_versions to ${schema}_app;
--rollback drop table agent_versions;
