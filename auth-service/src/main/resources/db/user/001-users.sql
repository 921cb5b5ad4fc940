--liquibase formatted sql

--changeset auth:user-001-create
create type user_role as enum ('admin', 'agent', 'user', 'enterprise', 'customer', 'platform_admin');
create type subscription_tier as enum ('free', 'pro', 'enterprise');
create table users (
    org_id uuid not null,
    id uuid not null,
    email text not null, -- lower case; unique over all tenants by directory_emails
    full_name text not null,
    avatar_url text,
    role user_role not null,
    password_hash text not null, -- Argon2id, PHC string
    metadata jsonb not null default '{}',
    subscription_tier subscription_tier not null default 'free',
    max_agents int not null default 3,
    monthly_token_quota bigint not null default 100000, -- tokens
    is_active boolean not null default true,
    last_login_at timestamptz,
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    foreign key (org_id, org_id) references organizations (org_id, id) on delete cascade,
    constraint user_email_lower_case check (email = lower(email)),
    constraint user_role_of_platform check ((role = 'platform_admin') = (org_id = '00000000-0000-7000-8000-000000000000'))
);
alter table users enable row level security, force row level security;
-- Admins see their organization's people, everybody else only their own row.
create policy own_org_select on users for select to auth_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service') or id = (select current_user_id())));
create policy own_org_insert on users for insert to auth_app
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy own_org_update on users for update to auth_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service') or id = (select current_user_id())))
    with check (org_id = (select current_org_id()));
create policy owner on users to auth_owner using (true) with check (true);
grant select, insert, update on users to auth_app;
create trigger touch before update on users for each row execute function touch_updated_at();
create trigger keep_org before update on users for each row execute function keep_org_id();
create trigger audit after insert or update or delete on users for each row execute function audit_change('password_hash');
-- Not counted: a sign-in or a new password is no news to those who hold the entity tag or a copy.
create trigger version before update of email, full_name, avatar_url, role, metadata, subscription_tier, max_agents,
    monthly_token_quota, is_active on users for each row execute function next_version();
--rollback drop table users;
--rollback drop type subscription_tier;
--rollback drop type user_role;
