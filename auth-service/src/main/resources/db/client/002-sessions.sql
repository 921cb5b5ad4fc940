--liquibase formatted sql

--changeset auth:client-002-sessions
create table client_sessions (
    org_id uuid not null,
    id uuid not null,
    client_id uuid not null,
    token_hash bytea not null, -- SHA-256
    ip inet,
    user_agent text,
    expires_at timestamptz not null default now() + interval '24 hours',
    last_seen_at timestamptz not null default now(),
    revoked_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint "clientId" foreign key (org_id, client_id) references clients (org_id, id) on delete cascade
);
create index client_sessions_of on client_sessions (org_id, client_id);
create index client_sessions_age on client_sessions (expires_at);
alter table client_sessions enable row level security, force row level security;
create policy own_org_select on client_sessions for select to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service') or client_id = (select current_client_id())));
create policy own_org_insert on client_sessions for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and client_id = (select current_client_id()));
create policy own_org_update on client_sessions for update to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service') or client_id = (select current_client_id())))
    with check (org_id = (select current_org_id()));
create policy owner on client_sessions to ${schema}_owner using (true) with check (true);
grant select, insert, update on client_sessions to ${schema}_app;
create trigger touch before update on client_sessions for each row execute function touch_updated_at();
create trigger refuse_org_change before update on client_sessions for each row execute function refuse_org_change();
-- All changes but a move of expires_at by use are audited.
create trigger audit after insert or update of client_id, token_hash, ip, user_agent, revoked_at or delete on client_sessions
    for each row execute function audit_change('token_hash');
--rollback drop table client_sessions;

--changeset auth:client-002-directory
create table directory_client_sessions (
    key bytea primary key,
    org_id uuid not null,
    id uuid not null,
    foreign key (org_id, id) references client_sessions (org_id, id) on delete cascade
);
create index directory_client_sessions_of on directory_client_sessions (org_id, id);
alter table directory_client_sessions enable row level security, force row level security;
create policy owner on directory_client_sessions to ${schema}_owner using (true) with check (true);
--rollback drop table directory_client_sessions;
