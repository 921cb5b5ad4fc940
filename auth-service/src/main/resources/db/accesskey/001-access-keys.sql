--liquibase formatted sql

--changeset auth:access-key-001-create
-- Machine credentials of an organization. A revoked one stays: what is tried with it is told to its organization.
create table access_keys (
    org_id uuid not null,
    id uuid not null,
    name text not null,
    role text not null,
    secret_hash bytea not null, -- SHA-256 of 256 random bits
    expires_at timestamptz not null,
    last_used_at timestamptz,   -- to the minute
    last_used_ip inet,          -- the next use from there, within a minute, is the same sign-in
    last_used_agent text,
    revoked_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    foreign key (org_id, org_id) references organizations (org_id, id) on delete cascade,
    constraint access_key_role check (role in ('admin', 'agent', 'user', 'enterprise'))
);
create index access_keys_newest on access_keys (org_id, created_at desc, id desc) where revoked_at is null;
alter table access_keys enable row level security, force row level security;
create policy own_org_select on access_keys for select to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'));
create policy own_org_insert on access_keys for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'admin');
create policy own_org_update on access_keys for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'))
    with check (org_id = (select current_org_id()));
create policy owner on access_keys to ${schema}_owner using (true) with check (true);
grant select, insert, update (last_used_at, last_used_ip, last_used_agent, revoked_at) on access_keys to ${schema}_app;
create trigger touch before update on access_keys for each row execute function touch_updated_at();
create trigger refuse_org_change before update on access_keys for each row execute function refuse_org_change();
create trigger audit after insert or update or delete on access_keys for each row execute function audit_change('secret_hash');
--rollback drop table access_keys;
