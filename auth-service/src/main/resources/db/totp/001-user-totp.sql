--liquibase formatted sql

--changeset auth:totp-001-user-totp
-- The second factor of a user, under the user's id. Signing in asks for it once it is confirmed.
create table user_totp (
    org_id uuid not null,
    id uuid not null,
    seed bytea not null, -- sealed for this row
    key_version bigint not null generated always as (sealed_key_version(seed)) stored,
    lease_until timestamptz not null default '-infinity', -- of the task that renews old versions
    confirmed_at timestamptz,
    last_step bigint not null default 0, -- 30 seconds each, since 1970; of the newest code used: no code counts twice
    recovery_codes bytea[] not null default '{}', -- HMACs of those not used yet
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    foreign key (org_id, id) references users (org_id, id) on delete cascade
);
create index user_totp_versions on user_totp (key_version, lease_until);
alter table user_totp enable row level security, force row level security;
create policy own_org_select on user_totp for select to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service') or id = (select current_user_id())));
create policy own_org_insert on user_totp for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and id = (select current_user_id()));
create policy own_org_update on user_totp for update to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) = 'service' or id = (select current_user_id())))
    with check (org_id = (select current_org_id())
        and ((select current_role_name()) = 'service' or id = (select current_user_id())));
-- Operators take a lost one away in any organization; they act through the service.
create policy own_org_delete on user_totp for delete to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service') or id = (select current_user_id())));
create policy owner on user_totp to ${schema}_owner using (true) with check (true);
grant select, insert, update (seed, lease_until, confirmed_at, last_step, recovery_codes), delete on user_totp to ${schema}_app;
create trigger touch before update on user_totp for each row execute function touch_updated_at();
create trigger refuse_org_change before update on user_totp for each row execute function refuse_org_change();
-- Using a code moves last_step, which is not audited: the sign-in is.
create trigger audit after insert or update of id, seed, confirmed_at, recovery_codes or delete on user_totp
    for each row execute function audit_change('seed', 'recovery_codes');
--rollback drop table user_totp;
