--liquibase formatted sql

--changeset audit:integrity-001-checks
-- When an organization's tree was checked, and what the last check of all its records found.
create table integrity_checks (
    org_id uuid primary key,
    running_until timestamptz,       -- a check that a caller waits for
    full_check_until timestamptz,    -- lease of the one of all records
    full_checked_at timestamptz,
    broken_id uuid,
    broken_sequence bigint,
    broken_reason text check (broken_reason in ('changed', 'missing', 'added', 'moved', 'checkpoint'))
);
alter table integrity_checks enable row level security, force row level security;
create policy own_org_select on integrity_checks for select to ${schema}_app
    using (case when (select current_role_name()) = 'platform_admin' then true else org_id = (select current_org_id()) end);
create policy owner on integrity_checks to ${schema}_owner using (true) with check (true);
grant select on integrity_checks to ${schema}_app;
--rollback drop table integrity_checks;
