--liquibase formatted sql

--changeset voice:subscription-001-subscriptions
-- Where one organization's own systems are sent events, and which.
create table webhook_subscriptions (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    url text not null,
    events text[] not null check (cardinality(events) between 1 and 50),
    description text,
    secret bytea not null,              -- sealed
    previous_secret bytea,              -- sealed; signs too until then
    previous_valid_until timestamptz,
    -- 0 where the two differ: both are renewed
    key_version bigint not null generated always as (case when previous_secret is null
        or sealed_key_version(previous_secret) = sealed_key_version(secret) then sealed_key_version(secret) else 0 end) stored,
    lease_until timestamptz not null default '-infinity', -- of the task that renews old versions
    status text not null default 'active' check (status in ('active', 'disabled')),
    disabled_reason text,
    failing_since timestamptz,          -- of the first failed try since the last that was answered with a 2xx
    paused_until timestamptz,           -- its receiver asked for a pause (Retry-After)
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    check ((previous_secret is null) = (previous_valid_until is null)),
    check (status = 'disabled' or disabled_reason is null)
);
create index webhook_subscriptions_active on webhook_subscriptions (org_id) where status = 'active';
create index webhook_subscriptions_versions on webhook_subscriptions (key_version, lease_until);
create trigger touch before update on webhook_subscriptions for each row execute function touch_updated_at();
create trigger refuse_org_change before update on webhook_subscriptions for each row execute function refuse_org_change();
create trigger audit after insert or update or delete on webhook_subscriptions
    for each row execute function audit_change('secret', 'previous_secret');

alter table webhook_subscriptions enable row level security, force row level security;
create policy own_org_select on webhook_subscriptions for select to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')));
create policy own_org_insert on webhook_subscriptions for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')));
create policy own_org_update on webhook_subscriptions for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')))
    with check (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')));
create policy own_org_delete on webhook_subscriptions for delete to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')));
create policy owner on webhook_subscriptions to ${schema}_owner using (true) with check (true);
grant select, insert, update, delete on webhook_subscriptions to ${schema}_app;
--rollback drop table webhook_subscriptions;

--changeset voice:subscription-001-deliveries
-- One event on its way to one subscription, and after that the log of it. While a delivery is leased, next_attempt_at is when the lease
-- ends, so that one index finds what is due.
create table subscription_deliveries (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    subscription_id uuid not null,
    event_id uuid not null,
    type text not null,
    body text not null,                 -- as it is sent and signed
    subject_id uuid,                    -- the contact, call or appointment that the body is about, to erase it
    status text not null default 'pending' check (status in ('pending', 'delivered', 'failed')),
    attempts int not null default 0,
    next_attempt_at timestamptz not null default now(),
    first_attempt_at timestamptz,
    last_attempt_at timestamptz,
    lease uuid,
    response_status int,                -- of the last try; null when there was no answer
    response_excerpt text check (length(response_excerpt) <= 500),
    error text,                         -- of the last try; null when it was delivered
    created_at timestamptz not null default now(),
    ended_at timestamptz,               -- when it was delivered or given up
    primary key (org_id, id),
    constraint subscription_delivery_known unique (org_id, event_id, subscription_id),
    constraint "subscriptionId" foreign key (org_id, subscription_id) references webhook_subscriptions on delete cascade,
    check ((status = 'pending') = (ended_at is null)),
    check (status = 'pending' or lease is null)
)
-- Bodies of up to 4 KB, as most are, are stored as they come.
with (toast_tuple_target = 4080);
create index subscription_deliveries_due on subscription_deliveries (org_id, subscription_id, next_attempt_at, id)
    where status = 'pending';
create index subscription_deliveries_leased on subscription_deliveries (lease) where lease is not null;
-- Lists merge these, a branch for each status.
create index subscription_deliveries_listed on subscription_deliveries (org_id, subscription_id, status, id desc);
create index subscription_deliveries_of_type on subscription_deliveries (org_id, subscription_id, type, status, id desc);
create index subscription_deliveries_subject on subscription_deliveries (org_id, subject_id) where subject_id is not null;
create index subscription_deliveries_ended on subscription_deliveries (ended_at) where ended_at is not null;
create trigger refuse_org_change before update on subscription_deliveries for each row execute function refuse_org_change();

alter table subscription_deliveries enable row level security, force row level security;
create policy own_org_select on subscription_deliveries for select to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')));
create policy own_org_insert on subscription_deliveries for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')));
create policy own_org_update on subscription_deliveries for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')))
    with check (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')));
create policy owner on subscription_deliveries to ${schema}_owner using (true) with check (true);
grant select, insert, update on subscription_deliveries to ${schema}_app;
--rollback drop table subscription_deliveries;

--changeset voice:subscription-001-wanted
-- The events of crm-service that an organization's active subscriptions want, as crm-service was last told. Its row is also the lock
-- under which subscriptions are counted and their events united.
create table wanted_events (
    org_id uuid not null,
    types text[] not null default '{}',
    version bigint not null default 0,
    primary key (org_id)
);
alter table wanted_events enable row level security, force row level security;
create policy owner on wanted_events to ${schema}_owner using (true) with check (true);
--rollback drop table wanted_events;
