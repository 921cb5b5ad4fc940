--liquibase formatted sql

--changeset crm:event-001-wanted-events
-- The types of events that an organization's webhook subscriptions ask for, as voice-service pushes them; the newest version wins.
create table wanted_events (
    org_id uuid not null primary key,
    types text[] not null,
    version bigint not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create trigger touch before update on wanted_events for each row execute function touch_updated_at();
create trigger refuse_org_change before update on wanted_events for each row execute function refuse_org_change();
alter table wanted_events enable row level security, force row level security;
create policy own_org_select on wanted_events for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on wanted_events for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy own_org_update on wanted_events for update to ${schema}_app
    using (org_id = (select current_org_id())) with check (org_id = (select current_org_id()));
create policy owner on wanted_events to ${schema}_owner using (true) with check (true);
grant select, insert, update on wanted_events to ${schema}_app;
--rollback drop table wanted_events;
