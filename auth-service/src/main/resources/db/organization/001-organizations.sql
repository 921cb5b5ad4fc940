--liquibase formatted sql

--changeset auth:organization-001-create
create type organization_status as enum ('active', 'suspended');
-- An organization is its own tenant: id and org_id are the same.
create table organizations (
    org_id uuid not null,
    id uuid not null,
    name text not null,
    slug text not null, -- given by claim_slug, never changes
    domain text,
    status organization_status not null default 'active',
    time_zone text not null default 'UTC',     -- IANA name
    default_region text not null default 'US', -- ISO 3166, to read phone numbers without a country code
    business_hours jsonb not null default '{
        "monday": [{"from": "09:00", "to": "17:00"}],
        "tuesday": [{"from": "09:00", "to": "17:00"}],
        "wednesday": [{"from": "09:00", "to": "17:00"}],
        "thursday": [{"from": "09:00", "to": "17:00"}],
        "friday": [{"from": "09:00", "to": "17:00"}]}',
    closures jsonb not null default '[]', -- whole days, [{from, to, name}], both days included
    require_totp boolean not null default false,
    metadata jsonb not null default '{}',
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint organization_is_its_own_tenant check (id = org_id),
    constraint platform_stays_active check (status = 'active' or org_id <> '00000000-0000-7000-8000-000000000000')
);
create index organizations_newest on organizations (created_at desc, id desc); -- list_organizations alone looks across
alter table organizations enable row level security, force row level security;
create policy own_org_select on organizations for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on organizations for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
-- Everyone who signs in locks the row, so that the organization is not suspended meanwhile; only some may change it.
create policy own_org_update on organizations for update to ${schema}_app
    using (org_id = (select current_org_id()))
    with check (org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'));
create policy owner on organizations to ${schema}_owner using (true) with check (true);
grant select, insert, update on organizations to ${schema}_app;
create trigger touch before update on organizations for each row execute function touch_updated_at();
create trigger refuse_org_change before update on organizations for each row execute function refuse_org_change();
create trigger audit after insert or update or delete on organizations for each row execute function audit_change();
--rollback drop table organizations;
--rollback drop type organization_status;

--changeset auth:organization-001-directory
-- Deferred, because a slug is claimed by the very statement that inserts its organization.
create table directory_slugs (
    key text primary key,
    org_id uuid not null,
    id uuid not null,
    foreign key (org_id, id) references organizations (org_id, id) on delete cascade deferrable initially deferred
);
create index directory_slugs_of on directory_slugs (org_id, id);
alter table directory_slugs enable row level security, force row level security;
create policy owner on directory_slugs to ${schema}_owner using (true) with check (true);
--rollback drop table directory_slugs;
