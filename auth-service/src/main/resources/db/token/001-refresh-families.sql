--liquibase formatted sql

--changeset auth:token-001-refresh-families
-- A sign-in of a user on a device. Its refresh tokens follow one another and are numbered; only the last one is live. A
-- token names its family and number, so spent ones need no row: a lower number is a spent token.
create table refresh_families (
    org_id uuid not null,
    id uuid not null,
    user_id uuid not null,
    ip inet,
    user_agent text,
    number int not null default 1,    -- of the live token
    token_hash bytea not null,        -- SHA-256 of the live token
    token_expires_at timestamptz not null default now() + interval '24 hours', -- unless it is refreshed
    rotated_at timestamptz,           -- when the token before the live one was spent; null before the first
    paced_until timestamptz not null default now(), -- moves on by a second a rotation, and may be so far ahead and no more
    last_seen_at timestamptz not null default now(),
    expires_at timestamptz not null default now() + interval '30 days', -- however often it is refreshed
    revoked_at timestamptz,
    revoked_because text check (revoked_because in
        ('signed_out', 'reused', 'user_disabled', 'organization_suspended', 'password_changed', 'password_reset')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint "userId" foreign key (org_id, user_id) references users (org_id, id) on delete cascade
);
create index refresh_families_of on refresh_families (org_id, user_id, created_at desc, id desc);
create index refresh_families_age on refresh_families (expires_at);
alter table refresh_families enable row level security, force row level security;
create policy own_org_select on refresh_families for select to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service') or user_id = (select current_user_id())));
create policy own_org_insert on refresh_families for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and user_id = (select current_user_id()));
create policy own_org_update on refresh_families for update to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service') or user_id = (select current_user_id())))
    with check (org_id = (select current_org_id()));
create policy owner on refresh_families to ${schema}_owner using (true) with check (true);
grant select, insert, update on refresh_families to ${schema}_app;
create trigger touch before update on refresh_families for each row execute function touch_updated_at();
create trigger refuse_org_change before update on refresh_families for each row execute function refuse_org_change();
-- All changes but a rotation are audited.
create trigger audit after insert or update of user_id, ip, user_agent, expires_at, revoked_at, revoked_because or delete
    on refresh_families for each row execute function audit_change('token_hash');
--rollback drop table refresh_families;
