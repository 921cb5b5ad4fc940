--liquibase formatted sql

--changeset voice:call-001-types
-- In the order of a call's life, which a trigger compares.
create type call_status as enum ('unknown', 'queued', 'ringing', 'in_progress', 'forwarding', 'ended');
create type call_direction as enum ('inbound', 'outbound', 'web');
create type call_lead_score as enum ('cold', 'warm', 'hot');
create type call_answered_by as enum ('human', 'machine', 'unknown');
--rollback drop type call_answered_by;
--rollback drop type call_lead_score;
--rollback drop type call_direction;
--rollback drop type call_status;

--changeset voice:call-001-create
create table call_logs (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    provider text not null,
    provider_call_id text not null,
    carrier_call_id text,       -- the carrier's id of the same call, where the provider is not the carrier
    parent_call_id text,        -- the provider's id of the call that this is a leg of
    head_id uuid,               -- the row that stands for the whole call, of which this is a leg; never a leg itself
    linked boolean not null default false, -- whether it is one of several rows of a call, its head or a leg
    status call_status not null default 'unknown',
    answered boolean,           -- null while unknown
    direction call_direction,
    from_number text,           -- verbatim
    to_number text,             -- verbatim
    from_e164 text,             -- null where from_number is no telephone number
    to_e164 text,
    customer_name text,
    started_at timestamptz not null,
    answered_at timestamptz,
    ended_at timestamptz,
    duration_seconds int check (duration_seconds >= 0), -- of conversation
    ended_reason text,          -- as the provider sends it
    cost numeric(14, 6) check (cost >= 0),
    currency text check (currency ~ '^[A-Z]{3}$'), -- of the cost
    tokens int check (tokens >= 0), -- of the language model
    summary text,
    success_evaluation text,    -- as the provider sends it
    success boolean,            -- what it means
    answered_by call_answered_by,
    recording_url text,
    lead_score call_lead_score,
    client_id uuid,             -- auth-service's
    assistant_id uuid,
    agent_id uuid,              -- the voice agent
    owner_id uuid,              -- who owned it when the call began
    contact_id uuid,            -- crm-service's
    metadata jsonb not null default '{}',
    evidence jsonb not null default '{}', -- the weight of each field's value; -1 is taken from a leg
    local_day date,             -- of started_at, by the organization's clock when it was stored; see set_local_time
    local_hour smallint,
    erased_at timestamptz,      -- when everything about a person was removed; its later events add figures only
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint call_known unique (org_id, provider, provider_call_id),
    constraint "headId" foreign key (org_id, head_id) references call_logs (org_id, id) on delete cascade,
    check (head_id <> id)
);
-- Keyset order of the list, plain and by each filter. Statuses and directions are literals in the SQL and have their own
-- indexes; ended calls are nearly all, and use the plain one.
create index call_logs_started on call_logs (org_id, started_at desc, id desc);
create index call_logs_unknown on call_logs (org_id, started_at desc, id desc) where status = 'unknown';
create index call_logs_queued on call_logs (org_id, started_at desc, id desc) where status = 'queued';
create index call_logs_ringing on call_logs (org_id, started_at desc, id desc) where status = 'ringing';
create index call_logs_in_progress on call_logs (org_id, started_at desc, id desc) where status = 'in_progress';
create index call_logs_forwarding on call_logs (org_id, started_at desc, id desc) where status = 'forwarding';
create index call_logs_client on call_logs (org_id, client_id, started_at desc, id desc) where client_id is not null;
create index call_logs_inbound on call_logs (org_id, started_at desc, id desc) where direction = 'inbound';
create index call_logs_outbound on call_logs (org_id, started_at desc, id desc) where direction = 'outbound';
create index call_logs_web on call_logs (org_id, started_at desc, id desc) where direction = 'web';
create index call_logs_assistant on call_logs (org_id, assistant_id, started_at desc, id desc) where assistant_id is not null;
-- Those of own agents, and of any agent.
create index call_logs_owner on call_logs (org_id, owner_id, started_at desc, id desc) where owner_id is not null;
create index call_logs_agents on call_logs (org_id, started_at desc, id desc) where agent_id is not null;
create index call_logs_from on call_logs (org_id, from_e164, started_at desc, id desc) where from_e164 is not null;
create index call_logs_to on call_logs (org_id, to_e164, started_at desc, id desc) where to_e164 is not null;

-- The calls of one contact, for crm-service.
create index call_logs_contact on call_logs (org_id, contact_id, started_at desc, id desc) where contact_id is not null;

-- The legs of a call.
create index call_logs_head on call_logs (org_id, head_id, started_at, id) where head_id is not null;

create trigger touch before update on call_logs for each row execute function touch_updated_at();
create trigger refuse_org_change before update on call_logs for each row execute function refuse_org_change();
-- The audit trail shows that a summary came, not its text.
-- Retention records how much it removed, once a run; only it can say that it is at work, since it runs as the owner.
create trigger audit after insert or update or delete on call_logs for each row
    when (current_setting('app.retention', true) is distinct from 'on' or current_user <> '${schema}_owner')
    execute function audit_change('summary', 'evidence');

alter table call_logs enable row level security, force row level security;
create policy own_org_select on call_logs for select to ${schema}_app using (
    org_id = (select current_org_id())
    -- All conditions are inside the sub-select, so that the planner expects half of the rows to pass and not next to no row.
    and ((select current_role_name() in ('admin', 'agent', 'service'))
        or (select current_role_name() = 'client') and client_id = (select active_client_id())
        or (select current_role_name() = 'user') and owner_id = (select current_user_id())
        or (select current_role_name() = 'enterprise') and agent_id is not null));
-- Only providers' events create and change calls.
create policy own_org_insert on call_logs for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy own_org_update on call_logs for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) = 'service')
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy owner on call_logs to ${schema}_owner using (true) with check (true);
grant select, insert, update on call_logs to ${schema}_app;
--rollback drop table call_logs;
