--liquibase formatted sql

--changeset voice:inbox-001-deliveries
-- The body that several events of a delivery share; a single event holds its own.
create table webhook_deliveries (
    org_id uuid not null,
    id uuid not null,
    body bytea not null,
    primary key (org_id, id)
);
alter table webhook_deliveries enable row level security, force row level security;
create policy own_org_select on webhook_deliveries for select to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')));
create policy owner on webhook_deliveries to ${schema}_owner using (true) with check (true);
grant select on webhook_deliveries to ${schema}_app;
--rollback drop table webhook_deliveries;

--changeset voice:inbox-001-events
create type webhook_event_status as enum ('pending', 'running', 'done', 'dead');

-- The inbox: each signed event once, as received. Kept as long as the calls, since the ids keep repeats out.
create table processed_webhook_events (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    endpoint_id uuid not null,          -- no foreign key: events outlive their endpoint
    provider text not null,
    event_id text not null,             -- from the provider's adapter
    revision int not null default 1,    -- n for the n-th event of the same id with other bytes
    type text not null,
    call_key text,                      -- the provider's id of the call; null when it is about no call
    sent_at timestamptz,                -- the provider's time, only for events that later ones replace
    body bytea,                         -- null if webhook_deliveries has it
    delivery_id uuid,
    body_sha256 bytea,                  -- only if other bytes of the same id are kept too
    status webhook_event_status not null default 'pending',
    attempts int not null default 0,
    error text,
    applied_at timestamptz,             -- when its call was updated; after that only its effects are outstanding
    effects jsonb,                      -- what crm-service is still to be sent, from the transaction that applied the event
    received_at timestamptz not null default now(),
    next_attempt_at timestamptz not null default now(),
    lease uuid,
    lease_until timestamptz,
    worker_lost boolean not null default false, -- next time it is dead
    processed_at timestamptz,
    primary key (org_id, id),
    constraint webhook_event_known unique (org_id, event_id, provider), -- the provider last, as most have the same
    constraint "deliveryId" foreign key (org_id, delivery_id) references webhook_deliveries deferrable initially deferred,
    check ((body is null) = (delivery_id is not null)),
    check ((status = 'running') = (lease is not null)),
    check ((lease is null) = (lease_until is null))
)
-- Rows of up to 4 KB, as most are, are stored as they come: compressing a body costs more than the rest of storing it.
with (toast_tuple_target = 4080);
-- Waiting events of each call, first due first. call_key comes before provider, so that no plan uses a list's index for it.
create index webhook_events_new_of_call on processed_webhook_events (org_id, call_key, provider, next_attempt_at, id)
    where status = 'pending' and applied_at is null and call_key is not null;
create index webhook_events_owed_of_call on processed_webhook_events (org_id, call_key, provider, next_attempt_at, id)
    where status = 'pending' and applied_at is not null and call_key is not null;
create index webhook_events_of_delivery on processed_webhook_events (org_id, delivery_id) where delivery_id is not null;
create index webhook_events_leased on processed_webhook_events (lease_until) where status = 'running';
-- At most one event of a call is worked on at a time.
create unique index webhook_event_of_call_running on processed_webhook_events (org_id, provider, call_key)
    where status = 'running';
-- All events of a call together with the three above, to list and to erase them. An event enters it once, when it is over.
create index webhook_events_over_of_call on processed_webhook_events (org_id, call_key, provider, id desc)
    where status in ('done', 'dead') and call_key is not null;
-- For lists. Under row security only a literal reaches a partial index, so each status has its own. Nulls, of which there are
-- none, come last: so the primary key has another order and is no choice where statistics mislead. A provider is never empty, and
-- the list alone says so: until the first analyze, all indexes that begin with an organization cost the same, and a claim, or a
-- look-up by webhook_event_known, could take one that is not meant for it and read all of it.
create index webhook_events_pending on processed_webhook_events (org_id, id desc nulls last, provider)
    where status = 'pending' and provider <> '';
create index webhook_events_running on processed_webhook_events (org_id, id desc nulls last) where status = 'running';
create index webhook_events_done on processed_webhook_events (org_id, id desc nulls last) where status = 'done';
create index webhook_events_dead on processed_webhook_events (org_id, id desc nulls last) where status = 'dead';
-- An event enters it once, when it is over; those before are merged into the list.
create index webhook_events_over_of_provider on processed_webhook_events (org_id, provider, id desc nulls last)
    where status in ('done', 'dead') and provider <> '';

create trigger refuse_org_change before update on processed_webhook_events for each row execute function refuse_org_change();

alter table processed_webhook_events enable row level security, force row level security;
create policy own_org_select on processed_webhook_events for select to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')));
create policy own_org_update on processed_webhook_events for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')))
    with check (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')));
create policy owner on processed_webhook_events to ${schema}_owner using (true) with check (true);
-- Only record_webhook_events adds events; of a row, the app changes only status, lease, error and effects.
grant select on processed_webhook_events to ${schema}_app;
grant update (status, attempts, error, applied_at, effects, next_attempt_at, lease, lease_until, worker_lost, processed_at)
    on processed_webhook_events to ${schema}_app;
--rollback drop table processed_webhook_events;
--rollback drop type webhook_event_status;
