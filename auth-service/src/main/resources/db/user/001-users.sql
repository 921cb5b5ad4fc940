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
create index users_newest on users (org_id, created_at desc, id desc);
create index users_by_id on users (id); -- find_user alone looks past the organization
create index suite_users_newest on users (created_at desc, id desc); -- for suite_user_statistics
alter table users enable row level security, force row level security;
-- Admins see their organization's people, everybody else only their own row.
create policy own_org_select on users for select to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service') or id = (select current_user_id())));
create policy own_org_insert on users for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy own_org_update on users for update to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service') or id = (select current_user_id())))
    with check (org_id = (select current_org_id()));
create policy own_org_delete on users for delete to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) = 'admin');
create policy owner on users to ${schema}_owner using (true) with check (true);
grant select, insert, update, delete on users to ${schema}_app;
create trigger touch before update on users for each row execute function touch_updated_at();
create trigger refuse_org_change before update on users for each row execute function refuse_org_change();
create trigger audit after insert or update or delete on users for each row execute function audit_change('password_hash');
--rollback drop table users;
--rollback drop type subscription_tier;
--rollback drop type user_role;

--changeset auth:user-001-directory
-- An e-mail belongs to one organization.
create table directory_emails (
    key text not null,
    org_id uuid not null,
    id uuid not null,
    constraint email_taken primary key (key),
    foreign key (org_id, id) references users (org_id, id) on delete cascade
);
create index directory_emails_of on directory_emails (org_id, id);
alter table directory_emails enable row level security, force row level security;
create policy owner on directory_emails to ${schema}_owner using (true) with check (true);
--rollback drop table directory_emails;
