--liquibase formatted sql

--changeset voice:webhook-001-endpoints
-- Where one provider sends one organization's events.
create table webhook_endpoints (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    provider text not null,
    label text not null,
    options jsonb not null default '{}', -- how it differs from the provider's defaults; checked by the provider's adapter
    secret bytea not null,              -- sealed
    previous_secret bytea,              -- sealed; verifies too until then
    previous_valid_until timestamptz,
    previous_last_used_at timestamptz,  -- when the previous secret last verified a delivery, to the minute
    -- 0 where the two differ: both are renewed
    key_version bigint not null generated always as (case when previous_secret is null
        or sealed_key_version(previous_secret) = sealed_key_version(secret) then sealed_key_version(secret) else 0 end) stored,
    lease_until timestamptz not null default '-infinity', -- of the task that renews old versions
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    check ((previous_secret is null) = (previous_valid_until is null))
);
create index webhook_endpoints_versions on webhook_endpoints (key_version, lease_until);
-- Use is no change.
create trigger touch before update of label, options, secret, previous_secret, previous_valid_until on webhook_endpoints
    for each row execute function touch_updated_at();
create trigger refuse_org_change before update on webhook_endpoints for each row execute function refuse_org_change();
create trigger audit after insert or update or delete on webhook_endpoints
    for each row execute function audit_change('secret', 'previous_secret');

alter table webhook_endpoints enable row level security, force row level security;
create policy own_org_select on webhook_endpoints for select to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')));
create policy own_org_insert on webhook_endpoints for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')));
create policy own_org_update on webhook_endpoints for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')))
    with check (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')));
create policy own_org_delete on webhook_endpoints for delete to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')));
create policy owner on webhook_endpoints to ${schema}_owner using (true) with check (true);
grant select, insert, update, delete on webhook_endpoints to ${schema}_app;
--rollback drop table webhook_endpoints;

--changeset voice:webhook-001-directory
-- A delivery names only an endpoint; this is its organization. The foreign key removes the row with the endpoint.
create table directory_webhook_endpoints (
    id uuid primary key,
    org_id uuid not null,
    foreign key (org_id, id) references webhook_endpoints on delete cascade
);
create index directory_webhook_endpoints_of on directory_webhook_endpoints (org_id, id);
alter table directory_webhook_endpoints enable row level security, force row level security;
create policy owner on directory_webhook_endpoints to ${schema}_owner using (true) with check (true);
--rollback drop table directory_webhook_endpoints;
