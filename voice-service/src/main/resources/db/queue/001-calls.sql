--liquibase formatted sql

--changeset voice:queue-001-calls
-- Calls with work, kept by the transactions that change their events: a claim reads one row a call, however many events
-- wait.
create table call_queue (
    org_id uuid not null,
    provider text not null,
    call_key text not null,             -- the provider's id of the call; the event's id if it is about no call
    event_id uuid,                      -- only of an event that is about no call
    pending int not null,               -- events that are neither done nor dead
    due_at timestamptz,                 -- of the next event; null while no event waits behind the running one
    owed boolean not null,              -- whether only effects of the next event are outstanding
    deep boolean not null default false, -- whether nearly as many events waited as may, or more
    primary key (org_id, call_key, provider) -- the provider last, as most have the same
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_analyze_threshold = 5000);
create index call_queue_due on call_queue (owed, org_id, due_at);
create index call_queue_deep on call_queue (org_id) where deep;

alter table call_queue enable row level security, force row level security;
create policy owner on call_queue to ${schema}_owner using (true) with check (true);
--rollback drop table call_queue;
