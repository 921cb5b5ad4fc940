--liquibase formatted sql

--changeset voice:assistant-001-client-assistants
-- What PIN clients see of voice agents, and how theirs differs. A setting that is null is the agent's, or the provider's.
create table client_assistants (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    client_id uuid not null,
    agent_id uuid,
    provider text,                      -- of provider_assistant_id
    provider_assistant_id text,         -- an assistant of its own at the provider
    display_name text not null,
    first_message text,
    voice text,                         -- provider/id, or an id
    model text,                         -- provider/id, or an id
    eval_method text,
    max_call_duration int check (max_call_duration between 10 and 43200), -- seconds
    is_active boolean not null default true,
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    check (agent_id is not null or provider_assistant_id is not null),
    check ((provider is null) = (provider_assistant_id is null)),
    constraint "clientId" foreign key (org_id, client_id) references clients (org_id, id),
    constraint "agentId" foreign key (org_id, agent_id) references agents (org_id, id) on delete cascade
);
create index client_assistants_of_client on client_assistants (org_id, client_id, id desc);
create index client_assistants_of_agent on client_assistants (org_id, agent_id, id desc) where agent_id is not null;
create index client_assistants_at_provider on client_assistants (org_id, provider_assistant_id)
    where provider_assistant_id is not null;

alter table client_assistants enable row level security, force row level security;
-- As that of phone_numbers; a PIN client may change its own, of which refuse_client_fields admits six fields.
create policy own_org_select on client_assistants for select to ${schema}_app using (
    org_id = (select current_org_id())
    and ((select current_role_name() in ('admin', 'agent', 'service'))
        or (select current_role_name() = 'client') and client_id = (select active_client_id())
        or (select current_role_name() = 'enterprise') and agent_id is not null
        or (select current_role_name() = 'user') and agent_id in (
            select a.id from agents a where a.org_id = (select current_org_id()) and a.owner_id = (select current_user_id()))));
create policy own_org_insert on client_assistants for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')));
create policy own_org_update on client_assistants for update to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name() in ('admin', 'service'))
            or (select current_role_name() = 'client') and client_id = (select active_client_id())))
    with check (org_id = (select current_org_id())
        and ((select current_role_name() in ('admin', 'service'))
            or (select current_role_name() = 'client') and client_id = (select active_client_id())));
create policy own_org_delete on client_assistants for delete to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')));
create policy owner on client_assistants to ${schema}_owner using (true) with check (true);
grant select, insert, update, delete on client_assistants to ${schema}_app;

create trigger touch before update on client_assistants for each row
    when (old.* is distinct from new.*) execute function touch_updated_at();
create trigger refuse_org_change before update on client_assistants for each row execute function refuse_org_change();
create trigger next_version before update on client_assistants for each row
    when (old.* is distinct from new.* and old.version = new.version) execute function next_version();
create trigger audit after insert or update or delete on client_assistants for each row execute function audit_change();
--rollback drop table client_assistants;
