--liquibase formatted sql

--changeset voice:retention-001-settings
-- For how many days an organization keeps what its calls leave behind; null is for ever. One without a row has the usual ones: see
-- call_settings_now.
create table call_settings (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    recording_days int,                 -- of links to recordings
    transcript_days int,
    raw_body_days int,                  -- of what providers sent
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id),
    constraint call_settings_bounded check (
        recording_days between 1 and 3650 and transcript_days between 1 and 3650 and raw_body_days between 1 and 3650)
);
create trigger touch before update on call_settings for each row execute function touch_updated_at();
create trigger refuse_org_change before update on call_settings for each row execute function refuse_org_change();
create trigger version before update on call_settings for each row execute function next_version();
create trigger audit after insert or update or delete on call_settings for each row execute function audit_change();
alter table call_settings enable row level security, force row level security;
create policy own_org_select on call_settings for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on call_settings for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'admin');
create policy own_org_update on call_settings for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) = 'admin')
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'admin');
create policy owner on call_settings to ${schema}_owner using (true) with check (true);
grant select, insert, update on call_settings to ${schema}_app;
--rollback drop table call_settings;

--changeset voice:retention-001-runs
-- When an organization's data is looked through next, and how far the present run is.
create table retention_runs (
    org_id uuid not null,
    due_at timestamptz not null,
    -- Bodies of events are emptied in the order of their ids, so that no index over them is needed.
    bodies_after uuid not null default '00000000-0000-0000-0000-000000000000',
    waiting_after uuid,                 -- where the next run begins: before the first event that is not over yet
    recordings bigint not null default 0, -- removed in this run
    transcripts bigint not null default 0,
    fragments bigint not null default 0,  -- single utterances
    raw_bodies bigint not null default 0,
    primary key (org_id)
);
create index retention_runs_due on retention_runs (due_at);
alter table retention_runs enable row level security, force row level security;
create policy owner on retention_runs to ${schema}_owner using (true) with check (true);
--rollback drop table retention_runs;

--changeset voice:retention-001-recordings-index
create index call_logs_recordings on call_logs (org_id, id) where recording_url is not null;
--rollback drop index call_logs_recordings;
