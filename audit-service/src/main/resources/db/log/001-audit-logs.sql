--liquibase formatted sql

--changeset audit:log-001-keep-as-written splitStatements:false
create function keep_as_written() returns trigger language plpgsql as $$
begin
    raise exception 'audit_logs is append-only' using errcode = 'insufficient_privilege';
end
$$;
--rollback drop function keep_as_written();

--changeset audit:log-001-create
-- What happened, as told by the service where it happened. Partitioned by id: a UUIDv7 carries its month, so the key stays exact.
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
    sequence bigint,            -- its place in the organization's chain; null until sealed
    primary key (org_id, id),
    check (actor_type in ('user', 'client', 'service', 'system')),
    check (outcome in ('success', 'failure'))
) partition by range (id);

-- Lists go by the time of the event, not by its id: ids of one millisecond are in no order, and strays have ids of any time.
create index audit_logs_newest on audit_logs (org_id, occurred_at desc, id desc);
create index audit_logs_resource on audit_logs (org_id, resource_id, occurred_at desc, id desc) where resource_id is not null;
create index audit_logs_actor on audit_logs (org_id, actor_id, occurred_at desc, id desc) where actor_id is not null;
create index audit_logs_request on audit_logs (org_id, request_id, occurred_at desc, id desc) where request_id is not null;
-- What is no row change (sign-ins, exports, reads) and what failed: few among many, and looked for the most. Literals, as
-- only those match a partial index.
create index audit_logs_facts on audit_logs (org_id, occurred_at desc, id desc) where action not in ('create', 'update', 'delete');
create index audit_logs_failures on audit_logs (org_id, occurred_at desc, id desc) where outcome = 'failure';
-- For operators, who look at all organizations at once. Every row fulfils the condition, which only their lists name: else the
-- planner would also walk this index for an organization, through everybody's rows.
create index audit_logs_everywhere on audit_logs (occurred_at desc, id desc) where recorded_at > '-infinity';

alter table audit_logs enable row level security, force row level security;
-- app.role comes from a verified token alone, and only an operator's says platform_admin. A case and no or: of that the planner
-- thinks that it lets hardly a row through, and it would rather sort an organization's whole log than walk an index.
create policy own_org_select on audit_logs for select to ${schema}_app
    using (case when (select current_role_name()) = 'platform_admin' then true else org_id = (select current_org_id()) end);
create policy owner on audit_logs to ${schema}_owner using (true) with check (true);
grant select on audit_logs to ${schema}_app;
--rollback drop table audit_logs;

--changeset audit:log-001-append-only
-- Whoever asks, the owner and definer functions included. Old months leave by being detached as whole partitions.
create trigger keep_rows before update or delete on audit_logs for each row execute function keep_as_written();
create trigger keep_table before truncate on audit_logs for each statement execute function keep_as_written();
--rollback drop trigger keep_table on audit_logs;
--rollback drop trigger keep_rows on audit_logs;

--changeset audit:log-001-logged-organizations splitStatements:false
-- The organizations that the caller sees in the log, one step down an index for each: what operators search by, who name none.
create function logged_organizations() returns table (org_id uuid) language sql stable parallel safe as $$
    with recursive found as (
        (select l.org_id from audit_logs l order by l.org_id limit 1)
        union all
        select (select l.org_id from audit_logs l where l.org_id > f.org_id order by l.org_id limit 1)
        from found f where f.org_id is not null
    )
    select f.org_id from found f where f.org_id is not null
$$;
revoke all on function logged_organizations() from public;
grant execute on function logged_organizations() to ${schema}_app;
--rollback drop function logged_organizations();
