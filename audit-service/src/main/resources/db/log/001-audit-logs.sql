--liquibase formatted sql

--changeset audit:log-001-record-no
-- Gives each record its number: the order in which records are sealed. Without a cache, see seal_horizon().
create sequence record_no cache 1;
--rollback drop sequence record_no;

--changeset audit:log-001-audit-logs
-- Events, as reported by the service where they happened. Partitioned by id: a UUIDv7 carries its month, so the key stays exact.
create table audit_logs (
    org_id uuid not null,
    id uuid not null,           -- made by the sender, with the change
    occurred_at timestamptz not null,
    recorded_at timestamptz not null default now(),
    actor_id text,              -- a user's or client's id, or a service's name
    actor_type text not null,
    action text not null,
    resource_type text not null,
    resource_id text,
    service text not null,      -- who reported it, held against the sender's token
    old_data jsonb,
    new_data jsonb,
    ip_address text,
    user_agent text,
    request_id text,
    outcome text not null,
    no bigint not null,         -- from record_no, in the order of recording over all organizations; has gaps
    primary key (org_id, id),
    check (actor_type in ('user', 'client', 'service', 'system')),
    check (outcome in ('success', 'failure'))
) partition by range (id);

-- Lists go by the time of the event, not by its id: ids of one millisecond are in no order, and strays have ids of any time.
create index audit_logs_newest on audit_logs (org_id, occurred_at desc, id desc);
create index audit_logs_resource on audit_logs (org_id, resource_id, occurred_at desc, id desc) where resource_id is not null;
create index audit_logs_actor on audit_logs (org_id, actor_id, occurred_at desc, id desc) where actor_id is not null;
create index audit_logs_request on audit_logs (org_id, request_id, occurred_at desc, id desc) where request_id is not null;
-- Events that are not row changes (sign-ins, exports, reads), and failures: few among many, and searched most. Literals, as
-- only those match a partial index.
create index audit_logs_facts on audit_logs (org_id, occurred_at desc, id desc) where action not in ('create', 'update', 'delete');
create index audit_logs_failures on audit_logs (org_id, occurred_at desc, id desc) where outcome = 'failure';
-- For operators, who look at all organizations at once. Every row fulfils the condition, which only their lists name: else the
-- planner would also walk this index for an organization, through everybody's rows.
create index audit_logs_everywhere on audit_logs (occurred_at desc, id desc) where recorded_at > '-infinity';
-- What is not sealed yet, in order.
create index audit_logs_no on audit_logs (no);

alter table audit_logs enable row level security, force row level security;
-- app.role comes from a verified token alone, and only an operator's says platform_admin. A case and no or: of that the planner
-- thinks that it lets hardly a row through, and it would rather sort an organization's whole log than walk an index.
create policy own_org_select on audit_logs for select to ${schema}_app
    using (case when (select current_role_name()) = 'platform_admin' then true else org_id = (select current_org_id()) end);
create policy owner on audit_logs to ${schema}_owner using (true) with check (true);
grant select on audit_logs to ${schema}_app;
--rollback drop table audit_logs;

--changeset audit:log-001-strays
-- Takes what has no month of its own: events kept back for long, clocks that are wrong, ids that are no UUIDv7.
create table audit_logs_strays partition of audit_logs default;
alter table audit_logs_strays enable row level security, force row level security;
create policy owner on audit_logs_strays to ${schema}_owner using (true) with check (true);
--rollback drop table audit_logs_strays;
