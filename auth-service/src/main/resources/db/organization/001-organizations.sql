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
    require_totp boolean not null default false,
    metadata jsonb not null default '{}',
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint organization_is_its_own_tenant check (id = org_id)
);
alter table organizations enable row level security, force row level security;
create policy own_org_select on organizations for select to auth_app using (org_id = (select current_org_id()));
create policy own_org_insert on organizations for insert to auth_app
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy own_org_update on organizations for update to auth_app
    using (org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'))
    with check (org_id = (select current_org_id()));
create policy owner on organizations to auth_owner using (true) with check (true);
grant select, insert, update on organizations to auth_app;
create trigger touch before update on organizations for each row execute function touch_updated_at();
create trigger keep_org before update on organizations for each row execute function keep_org_id();
create trigger audit after insert or update or delete on organizations for each row execute function audit_change();
--rollback drop table organizations;
--rollback drop type organization_status;

--changeset auth:organization-001-version splitStatements:false
-- The version counts what others are told of: it orders what is pushed to them, and is the entity tag.
create function next_version() returns trigger language plpgsql as $$
begin
    new.version := old.version + 1;
    return new;
end
$$;
create trigger version before update of name, domain, status, time_zone, default_region, business_hours, require_totp, metadata
    on organizations for each row execute function next_version();
--rollback drop trigger version on organizations; drop function next_version();
