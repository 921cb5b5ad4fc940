--liquibase formatted sql

--changeset voice:settling-001-open-calls
-- Calls that are not over, in the order in which they began to be known.
create index call_logs_open on call_logs (id) where status <> 'ended';
--rollback drop index call_logs_open;

--changeset voice:settling-001-calls
-- Calls that were open for longer than the shortest ones may be, and when each is open for longer than it may be itself.
create table calls_to_settle (
    org_id uuid not null,
    call_id uuid not null,
    due_at timestamptz not null,
    primary key (org_id, call_id) -- no foreign key: it would lock the calls
);
create index calls_to_settle_due on calls_to_settle (due_at);
alter table calls_to_settle enable row level security, force row level security;
create policy owner on calls_to_settle to ${schema}_owner using (true) with check (true);
--rollback drop table calls_to_settle;

--changeset voice:settling-001-position
-- Up to which id open calls were looked for, of all tenants: one row.
create table settling_position (
    only_row boolean primary key default true check (only_row),
    looked_until uuid not null
);
insert into settling_position (looked_until) values ('00000000-0000-0000-0000-000000000000');
--rollback drop table settling_position;
