--liquibase formatted sql

--changeset kit:member-001-members
-- A copy of auth-service's users, pushed by it; the newest version wins, whatever the order of arrival.
create table members (
    org_id uuid not null,
    id uuid not null,
    name text not null,
    email text not null,
    role text not null,
    is_active boolean not null,
    subscription_tier text,
    max_agents int,
    monthly_token_quota bigint,
    version bigint not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id)
);
create index members_active on members (org_id, role, id) where is_active;
create trigger touch before update on members for each row execute function touch_updated_at();
create trigger refuse_org_change before update on members for each row execute function refuse_org_change();
alter table members enable row level security, force row level security;
create policy own_org_select on members for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on members for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy own_org_update on members for update to ${schema}_app
    using (org_id = (select current_org_id())) with check (org_id = (select current_org_id()));
create policy owner on members to ${schema}_owner using (true) with check (true);
grant select, insert, update on members to ${schema}_app;
--rollback drop table members;

--changeset kit:member-001-organization-settings
create table organization_settings (
    org_id uuid not null,
    id uuid not null,
    time_zone text not null,
    default_region text not null,
    business_hours jsonb not null,
    closures jsonb not null default '[]', -- whole days, [{from, to, name}], both days included
    is_active boolean not null default true, -- false while the organization is suspended
    version bigint not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    check (id = org_id)
);
create trigger touch before update on organization_settings for each row execute function touch_updated_at();
create trigger refuse_org_change before update on organization_settings for each row execute function refuse_org_change();
alter table organization_settings enable row level security, force row level security;
create policy own_org_select on organization_settings for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on organization_settings for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy own_org_update on organization_settings for update to ${schema}_app
    using (org_id = (select current_org_id())) with check (org_id = (select current_org_id()));
create policy owner on organization_settings to ${schema}_owner using (true) with check (true);
grant select, insert, update on organization_settings to ${schema}_app;
--rollback drop table organization_settings;
