--liquibase formatted sql

--changeset kit:outbox-001-outbox
-- Events for other services. The event is the wire form, so that the relay forwards it unread.
create table outbox (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    destination text not null default 'audit-service',
    event jsonb not null,
    created_at timestamptz not null default now(),
    attempts int not null default 0,
    lease_until timestamptz not null default '-infinity',
    lease uuid,
    primary key (org_id, id)
);
create index outbox_due on outbox (destination, org_id, lease_until, id);
create index outbox_leased on outbox (lease) where lease is not null;
alter table outbox enable row level security, force row level security;
create policy own_org_insert on outbox for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy owner on outbox to ${schema}_owner using (true) with check (true);
grant insert on outbox to ${schema}_app;
--rollback drop table outbox;

--changeset kit:outbox-001-rejected
-- Events that their receiver refused. An operator looks here; they never block the rest.
create table outbox_rejected (
    org_id uuid not null,
    id uuid not null,
    destination text not null,
    event jsonb not null,
    reason text not null,
    rejected_at timestamptz not null default now(),
    primary key (org_id, id)
);
alter table outbox_rejected enable row level security, force row level security;
create policy owner on outbox_rejected to ${schema}_owner using (true) with check (true);
--rollback drop table outbox_rejected;
