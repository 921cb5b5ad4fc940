--liquibase formatted sql

--changeset voice:callstream-001-events
-- That a call has begun, changed or ended, for those who listen; not what it is like, which is read when it is sent.
create table call_stream_events (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    call_id uuid not null,              -- no foreign key: it would cost each change of a call a look at it
    client_id uuid,                     -- the call's
    owner_id uuid,                      -- the call's
    agent_id uuid,                      -- the call's
    type text not null,                 -- call.started, call.updated or call.ended
    became_leg boolean not null default false, -- the last event of the call: from now on another one, its head, is told of
    primary key (org_id, id)
);
create index call_stream_events_client on call_stream_events (org_id, client_id, id) where client_id is not null;
create index call_stream_events_owner on call_stream_events (org_id, owner_id, id) where owner_id is not null;
create index call_stream_events_agents on call_stream_events (org_id, id) where agent_id is not null;
create index call_stream_events_age on call_stream_events (id);

alter table call_stream_events enable row level security, force row level security;
create policy own_org_insert on call_stream_events for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy owner on call_stream_events to ${schema}_owner using (true) with check (true);
grant insert on call_stream_events to ${schema}_app;
--rollback drop table call_stream_events;
