--liquibase formatted sql

--changeset voice:webhook-002-events
create type webhook_event_status as enum ('pending', 'running', 'done', 'dead');

-- The inbox: every event that was signed, once, as it came. Kept as long as the calls, since the names keep repeats out.
create table processed_webhook_events (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    endpoint_id uuid not null,          -- no foreign key: events outlive their endpoint
    provider text not null,
    event_id text not null,             -- named by the provider's adapter
    revision int not null default 1,    -- n for the n-th event of the same name with other bytes
    type text not null,
    call_key text,                      -- the provider's id of the call; null when it is about none
    sent_at timestamptz,                -- the provider's time, only where the latest of several stands
    body bytea not null,
    body_sha256 bytea,                  -- only where other bytes of the same name are kept too
    status webhook_event_status not null default 'pending',
    attempts int not null default 0,
    error text,
    applied_at timestamptz,             -- when the call took it in; from then on only its effects are outstanding
    effects jsonb,                      -- what crm-service is owed, from the transaction that applied the event
    received_at timestamptz not null default now(),
    next_attempt_at timestamptz not null default now(),
    lease uuid,
    lease_until timestamptz,
    processed_at timestamptz,
    primary key (org_id, id),
    constraint webhook_event_known unique (org_id, provider, event_id),
    check ((status = 'running') = (lease is not null)),
    check ((lease is null) = (lease_until is null))
);
-- The queue over all tenants: what no call has taken in yet, and what crm-service is still owed, by tenant.
create index webhook_events_new on processed_webhook_events (next_attempt_at, id)
    where status = 'pending' and applied_at is null;
create index webhook_events_owing on processed_webhook_events (org_id, next_attempt_at, id)
    where status = 'pending' and applied_at is not null;
-- Without the provider, so that no plan takes the list's index below for it: calls' ids are theirs alone as it is.
create index webhook_events_of_call on processed_webhook_events (org_id, call_key, id) where status = 'pending';
create index webhook_events_leased on processed_webhook_events (lease_until) where status = 'running';
-- One event of a call is worked on at a time, whatever the workers believe.
create unique index webhook_event_of_call_running on processed_webhook_events (org_id, provider, call_key)
    where status = 'running';
-- The lists are merged of these, a branch a provider and status.
create index webhook_events_pending on processed_webhook_events (org_id, provider, id desc) where status = 'pending';
create index webhook_events_running on processed_webhook_events (org_id, provider, id desc) where status = 'running';
create index webhook_events_done on processed_webhook_events (org_id, provider, id desc) where status = 'done';
create index webhook_events_dead on processed_webhook_events (org_id, provider, id desc) where status = 'dead';

create trigger keep_org before update on processed_webhook_events for each row execute function keep_org_id();

alter table processed_webhook_events enable row level security, force row level security;
create policy own_org_select on processed_webhook_events for select to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')));
create policy own_org_update on processed_webhook_events for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')))
    with check (org_id = (select current_org_id()) and (select current_role_name() in ('admin', 'service')));
create policy owner on processed_webhook_events to ${schema}_owner using (true) with check (true);
-- Events come in by record_webhook_events alone; what came is never changed, only what became of it.
grant select on processed_webhook_events to ${schema}_app;
grant update (status, attempts, error, applied_at, effects, next_attempt_at, lease, lease_until, processed_at)
    on processed_webhook_events to ${schema}_app;
--rollback drop table processed_webhook_events;
--rollback drop type webhook_event_status;

--changeset voice:webhook-002-event-life splitStatements:false
create function webhook_event_life() returns trigger language plpgsql as $$
begin
    if new.status in ('running', 'done') and old.status in ('done', 'dead') then
        raise exception 'a webhook event that is % cannot become %', old.status, new.status
            using errcode = 'check_violation', constraint = 'webhook_event_transition_illegal';
    end if;
    return new;
end
$$;
--rollback drop function webhook_event_life();

--changeset voice:webhook-002-event-life-trigger
create trigger life before update on processed_webhook_events
    for each row when (new.status is distinct from old.status) execute function webhook_event_life();
--rollback drop trigger life on processed_webhook_events;

--changeset voice:webhook-002-record splitStatements:false
-- Takes in a batch of verified events, of several tenants. Whose they are, the endpoints say, not the caller; events of
-- an endpoint that is gone are left out. Answers the ids that are new: the others are repeats.
-- `repeats` says what becomes of other bytes of a known name: 'ignored'; 'added', kept as …:2, …:3 up to …:9; or
-- 'replaced', where …:2 is always the latest by the provider's time. All rows are taken in one order, so that batches
-- with the same names wait for each other and never in a circle.
create function record_webhook_events(
        ids uuid[], endpoints uuid[], event_ids text[], types text[], call_keys text[], repeats text[],
        sent timestamptz[], bodies bytea[], flaws text[])
    returns setof uuid
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    fresh uuid[];
    other record;
    name text;
    known bytea;
    kept uuid;
begin
    with incoming as (
        select d.org_id, e.provider, i.*
        from unnest(ids, endpoints, event_ids, types, call_keys, repeats, sent, bodies, flaws)
            as i (id, endpoint_id, event_id, type, call_key, repeat, sent_at, body, flaw)
        join directory_webhook_endpoints d on d.id = i.endpoint_id
        join webhook_endpoints e on e.org_id = d.org_id and e.id = d.id
    ), stored as (
        insert into processed_webhook_events (
            org_id, id, endpoint_id, provider, event_id, type, call_key, sent_at, body, body_sha256, status, error,
            processed_at)
        select i.org_id, i.id, i.endpoint_id, i.provider, i.event_id, i.type, i.call_key, i.sent_at, i.body,
            case when i.repeat <> 'ignored' then sha256(i.body) end,
            case when i.flaw is null then 'pending' else 'dead' end::webhook_event_status, i.flaw,
            case when i.flaw is not null then now() end
        from incoming i
        order by i.org_id, i.provider, i.event_id, i.id
        on conflict on constraint webhook_event_known do nothing
        returning id
    )
    select coalesce(array_agg(id), '{}') into fresh from stored;
    return query select unnest(fresh);
    if cardinality(fresh) = cardinality(ids) or 'added' <> all (repeats) and 'replaced' <> all (repeats) then
        return;
    end if;
    for other in
        select k.org_id, k.provider, i.*, sha256(i.body) as body_sha256
        from unnest(ids, endpoints, event_ids, types, call_keys, repeats, sent, bodies)
            as i (id, endpoint_id, event_id, type, call_key, repeat, sent_at, body)
        join directory_webhook_endpoints d on d.id = i.endpoint_id
        join webhook_endpoints e on e.org_id = d.org_id and e.id = d.id
        join processed_webhook_events k on k.org_id = d.org_id and k.provider = e.provider and k.event_id = i.event_id
        where i.repeat in ('added', 'replaced') and i.id <> all (fresh)
            and k.body_sha256 is distinct from sha256(i.body)
            and (i.repeat = 'added' or k.sent_at is null or i.sent_at is null or i.sent_at >= k.sent_at)
        order by k.org_id, k.provider, i.event_id, i.sent_at, i.id
    loop
        for n in 2 .. case other.repeat when 'added' then 9 else 2 end loop
            name := other.event_id || ':' || n;
            insert into processed_webhook_events as e (
                org_id, id, endpoint_id, provider, event_id, revision, type, call_key, sent_at, body, body_sha256)
            values (other.org_id, other.id, other.endpoint_id, other.provider, name, n, other.type, other.call_key,
                other.sent_at, other.body, other.body_sha256)
            on conflict on constraint webhook_event_known do update
                set sent_at = excluded.sent_at, body = excluded.body,
                    body_sha256 = excluded.body_sha256, received_at = now(), status = 'pending', attempts = 0,
                    error = null, applied_at = null, next_attempt_at = now(), lease = null, lease_until = null, processed_at = null
                where other.repeat = 'replaced' and e.body_sha256 <> excluded.body_sha256 and e.sent_at < excluded.sent_at
            returning e.id into kept;
            if found then
                return next other.id;
                exit;
            end if;
            select k.body_sha256 into known from processed_webhook_events k
            where k.org_id = other.org_id and k.provider = other.provider and k.event_id = name;
            exit when known is not distinct from other.body_sha256;
        end loop;
    end loop;
end
$$;
revoke all on function record_webhook_events(
    uuid[], uuid[], text[], text[], text[], text[], timestamptz[], bytea[], text[]) from public;
grant execute on function record_webhook_events(
    uuid[], uuid[], text[], text[], text[], text[], timestamptz[], bytea[], text[]) to ${schema}_app;
--rollback drop function record_webhook_events(uuid[], uuid[], text[], text[], text[], text[], timestamptz[], bytea[], text[]);
