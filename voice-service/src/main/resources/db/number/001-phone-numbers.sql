--liquibase formatted sql

--changeset voice:number-001-phone-numbers
-- The organization's own phone numbers: which voice agent answers each, and whose it is.
create table phone_numbers (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    number text not null check (number ~ '^\+[1-9][0-9]{1,17}$'), -- E.164
    provider text not null,             -- where calls to it arrive
    agent_id uuid,
    client_id uuid,
    label text,
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    -- Only within the organization: a refusal must not tell of another's numbers.
    constraint phone_number_taken unique (org_id, number),
    constraint "agentId" foreign key (org_id, agent_id) references agents (org_id, id) on delete set null (agent_id),
    constraint "clientId" foreign key (org_id, client_id) references clients (org_id, id)
);
create index phone_numbers_of_agent on phone_numbers (org_id, agent_id, id desc) where agent_id is not null;
create index phone_numbers_of_client on phone_numbers (org_id, client_id, id desc) where client_id is not null;

alter table phone_numbers enable row level security, force row level security;
-- A user sees own agents' numbers, enterprise those of all agents.
create policy own_org_select on phone_numbers for select to ${schema}_app using (
    org_id = (select current_org_id())
    and ((select current_role_name() in ('admin', 'agent', 'service'))
        or (select current_role_name() = 'client') and client_id = (select active_client_id())
        or (select current_role_name() = 'enterprise') and agent_id is not null
        or (select current_role_name() = 'user') and agent_id in (
            select a.id from agents a where a.org_id = (select current_org_id()) and a.owner_id = (select current_user_id()))));
create policy own_org_insert on phone_numbers for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')));
create policy own_org_update on phone_numbers for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')))
    with check (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')));
create policy own_org_delete on phone_numbers for delete to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')));
create policy owner on phone_numbers to ${schema}_owner using (true) with check (true);
grant select, insert, update, delete on phone_numbers to ${schema}_app;

create trigger touch before update on phone_numbers for each row
    when (old.* is distinct from new.*) execute function touch_updated_at();
create trigger refuse_org_change before update on phone_numbers for each row execute function refuse_org_change();
create trigger next_version before update on phone_numbers for each row
    when (old.* is distinct from new.* and old.version = new.version) execute function next_version();
create trigger audit after insert or update or delete on phone_numbers for each row execute function audit_change();
--rollback drop table phone_numbers;
