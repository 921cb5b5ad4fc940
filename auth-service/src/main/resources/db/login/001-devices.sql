--liquibase formatted sql

--changeset auth:login-001-devices
-- Devices that a user has signed in on. A known one has an allowance of its own, so that strangers can't lock its user out.
create table device_tokens (
    org_id uuid not null,
    id uuid not null,
    user_id uuid not null,
    token_hash bytea not null, -- SHA-256
    expires_at timestamptz not null default now() + interval '180 days',
    last_seen_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint "userId" foreign key (org_id, user_id) references users (org_id, id) on delete cascade
);
create index device_tokens_of on device_tokens (org_id, user_id, token_hash);
create index device_tokens_age on device_tokens (expires_at);
alter table device_tokens enable row level security, force row level security;
create policy own_org_select on device_tokens for select to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) = 'admin' or user_id = (select current_user_id())));
create policy own_org_insert on device_tokens for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and user_id = (select current_user_id()));
-- A user has so many known devices, the oldest goes; a reset of the password, or an admin's unlocking, ends all of them.
create policy own_org_delete on device_tokens for delete to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) = 'admin' or user_id = (select current_user_id())));
create policy owner on device_tokens to ${schema}_owner using (true) with check (true);
grant select, insert, delete on device_tokens to ${schema}_app;
create trigger touch before update on device_tokens for each row execute function touch_updated_at();
create trigger refuse_org_change before update on device_tokens for each row execute function refuse_org_change();
create trigger audit after insert or update or delete on device_tokens for each row execute function audit_change('token_hash');
--rollback drop table device_tokens;
