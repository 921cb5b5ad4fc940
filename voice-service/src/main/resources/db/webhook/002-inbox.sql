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
    headers jsonb,                      -- those that are of use later
    body bytea not null,
    body_sha256 bytea,                  -- only where other bytes of the same name are kept too
    status webhook_event_status not null default 'pending',
    attempts int not null default 0,
    error text,
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
-- The queue over all tenants, and within each call.
create index webhook_events_due on processed_webhook_events (next_attempt_at, id) where status = 'pending';
create index webhook_events_of_call on processed_webhook_events (org_id, provider, call_key, id) where status = 'pending';
create index webhook_events_leased on processed_webhook_events (lease_until) where status = 'running';
-- One event of a call is worked on at a time, whatever the workers believe.
create unique index webhook_event_of_call_running on processed_webhook_events (org_id, provider, call_key)
    where status = 'running';
-- The lists: the plain one goes by the primary key, the pending and the running by the indexes above.
create index webhook_events_dead on processed_webhook_events (org_id, id desc) where status = 'dead';

create trigger keep_org before update on processed_webhook_events for each row execute function keep_org_id();

alter table processed_webhook_events enable row level security, force row level security;
create policy own_org_select on processed_webhook_events for select to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'));
create policy own_org_update on processed_webhook_events for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'))
    with check (org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'));
create policy owner on processed_webhook_events to ${schema}_owner using (true) with check (true);
-- Events come in by record_webhook_events alone; what came is never changed, only what became of it.
grant select on processed_webhook_events to ${schema}_app;
grant update (status, attempts, error, effects, next_attempt_at, lease, lease_until, processed_at)
    on processed_webhook_events to ${schema}_app;
--rollback drop table processed_webhook_events;
--rollback drop type webhook_event_status;

--changeset voice:webhook-002-event-life splitStatements:false
create function webhook_event_life() returns trigger language plpgsql as $$
begin
    if new.status = 'running' and old.status in ('done', 'dead') or new.status = 'done' and old.status <> 'running' then
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
        sent timestamptz[], header_sets jsonb[], bodies bytea[], flaws text[])
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
        from unnest(ids, endpoints, event_ids, types, call_keys, repeats, sent, header_sets, bodies, flaws)
            as i (id, endpoint_id, event_id, type, call_key, repeat, sent_at, headers, body, flaw)
        join directory_webhook_endpoints d on d.id = i.endpoint_id
        join webhook_endpoints e on e.org_id = d.org_id and e.id = d.id
    ), stored as (
        insert into processed_webhook_events (
            org_id, id, endpoint_id, provider, event_id, type, call_key, sent_at, headers, body, body_sha256, status, error)
        select i.org_id, i.id, i.endpoint_id, i.provider, i.event_id, i.type, i.call_key, i.sent_at, i.headers, i.body,
            case when i.repeat <> 'ignored' then sha256(i.body) end,
            case when i.flaw is null then 'pending' else 'dead' end::webhook_event_status, i.flaw
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
        from unnest(ids, endpoints, event_ids, types, call_keys, repeats, sent, header_sets, bodies)
            as i (id, endpoint_id, event_id, type, call_key, repeat, sent_at, headers, body)
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
                org_id, id, endpoint_id, provider, event_id, revision, type, call_key, sent_at, headers, body, body_sha256)
            values (other.org_id, other.id, other.endpoint_id, other.provider, name, n, other.type, other.call_key,
                other.sent_at, other.headers, other.body, other.body_sha256)
            on conflict on constraint webhook_event_known do update
                set sent_at = excluded.sent_at, headers = excluded.headers, body = excluded.body,
                    body_sha256 = excluded.body_sha256, received_at = now(), status = 'pending', attempts = 0,
                    error = null, effects = null, next_attempt_at = now(), lease = null, lease_until = null, processed_at = null
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
    uuid[], uuid[], text[], text[], text[], text[], timestamptz[], jsonb[], bytea[], text[]) from public;
grant execute on function record_webhook_events(
    uuid[], uuid[], text[], text[], text[], text[], timestamptz[], jsonb[], bytea[], text[]) to ${schema}_app;
--rollback drop function record_webhook_events(uuid[], uuid[], text[], text[], text[], text[], timestamptz[], jsonb[], bytea[], text[]);

--changeset voice:webhook-002-claim splitStatements:false
-- Leases what is due, oldest first, of each call only one event and none while another of it is at work. A claim is
-- short, so claims take turns: only then does each see what the one before has taken. What a worker left lying is due
-- again once its lease is over, and dead after eight tries. "offset 0" keeps the planner from turning the two tests into
-- joins of the whole queue: they are made for the oldest rows only, until there are enough of them.
create function claim_webhook_events(at_most int, lease_seconds int) returns table (
        org_id uuid, id uuid, provider text, event_id text, revision int, type text, call_key text, headers jsonb,
        body bytea, received_at timestamptz, attempts int, effects text, lease uuid)
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    token constant uuid := gen_random_uuid();
begin
    perform pg_advisory_xact_lock(hashtext('${schema}.claim_webhook_events'));
    with lost as (
        select e.org_id, e.id from processed_webhook_events e
        where e.status = 'running' and e.lease_until < now()
        for update skip locked
    )
    update processed_webhook_events e
    set status = case when e.attempts < 8 then 'pending' else 'dead' end::webhook_event_status,
        error = 'the worker was lost', next_attempt_at = now(), lease = null, lease_until = null
    from lost l where e.org_id = l.org_id and e.id = l.id;
    return query
        with due as (
            select e.org_id, e.id from processed_webhook_events e
            where e.status = 'pending' and e.next_attempt_at <= now()
                and not exists (
                    select from processed_webhook_events r
                    where r.org_id = e.org_id and r.provider = e.provider and r.call_key = e.call_key
                        and r.status = 'running' offset 0)
                and not exists (
                    select from processed_webhook_events o
                    where o.org_id = e.org_id and o.provider = e.provider and o.call_key = e.call_key
                        and o.status = 'pending' and o.next_attempt_at <= now() and o.id < e.id offset 0)
            order by e.next_attempt_at, e.id
            limit at_most
            for update skip locked
        )
        update processed_webhook_events e
        set status = 'running', attempts = e.attempts + 1, lease = token,
            lease_until = now() + make_interval(secs => lease_seconds)
        from due d where e.org_id = d.org_id and e.id = d.id
        returning e.org_id, e.id, e.provider, e.event_id, e.revision, e.type, e.call_key, e.headers, e.body,
            e.received_at, e.attempts, e.effects::text, e.lease;
end
$$;
revoke all on function claim_webhook_events(int, int) from public;
grant execute on function claim_webhook_events(int, int) to ${schema}_app;
--rollback drop function claim_webhook_events(int, int);

--changeset voice:webhook-002-release splitStatements:false
-- Gives back, on shutdown, what this worker has claimed and not begun; it costs no attempt.
create function release_webhook_events(token uuid) returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with released as (
        update processed_webhook_events e
        set status = 'pending', attempts = e.attempts - 1, next_attempt_at = now(), lease = null, lease_until = null
        where e.lease = token and e.status = 'running'
        returning 1
    )
    select count(*)::int from released
$$;
revoke all on function release_webhook_events(uuid) from public;
grant execute on function release_webhook_events(uuid) to ${schema}_app;
--rollback drop function release_webhook_events(uuid);
