--liquibase formatted sql

--changeset voice:inbox-event-life runOnChange:true splitStatements:false
create or replace function webhook_event_life() returns trigger language plpgsql as $$
begin
    if new.status in ('running', 'done') and old.status in ('done', 'dead') then
        raise exception 'a webhook event that is % cannot become %', old.status, new.status
            using errcode = 'SB409', constraint = 'webhook_event_transition_illegal';
    end if;
    return new;
end
$$;
create or replace trigger life before update on processed_webhook_events
    for each row when (new.status is distinct from old.status) execute function webhook_event_life();
--rollback drop trigger life on processed_webhook_events;
--rollback drop function webhook_event_life();

--changeset voice:inbox-record runOnChange:true splitStatements:false
-- Takes in a batch of verified events, of several tenants. Whose they are, the endpoints say, not the caller; events of
-- an endpoint that is gone are left out. Answers the ids that are new: the others are repeats.
-- `repeats` says what becomes of other bytes of a known name: 'ignored'; 'added', kept as …:2, …:3 up to …:9; or
-- 'replaced', where …:2 is always the latest by the provider's time. All rows are taken in one order, so that batches
-- with the same names wait for each other and never in a circle.
-- Events without a body name in `deliveries` the shared body that is theirs; it is stored if one of them is new.
create or replace function record_webhook_events(
        ids uuid[], endpoints uuid[], event_ids text[], types text[], call_keys text[], repeats text[],
        sent timestamptz[], bodies bytea[], flaws text[], deliveries uuid[], shared_ids uuid[], shared_bodies bytea[])
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
        from unnest(ids, endpoints, event_ids, types, call_keys, repeats, sent, bodies, flaws, deliveries)
            as i (id, endpoint_id, event_id, type, call_key, repeat, sent_at, body, flaw, delivery_id)
        join directory_webhook_endpoints d on d.id = i.endpoint_id
        join webhook_endpoints e on e.org_id = d.org_id and e.id = d.id
    ), stored as (
        insert into processed_webhook_events (
            org_id, id, endpoint_id, provider, event_id, type, call_key, sent_at, body, delivery_id, body_sha256, status,
            error, processed_at)
        select i.org_id, i.id, i.endpoint_id, i.provider, i.event_id, i.type, i.call_key, i.sent_at, i.body, i.delivery_id,
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
    if cardinality(shared_ids) > 0 then
        insert into webhook_deliveries (org_id, id, body)
        select o.org_id, s.id, s.body from unnest(shared_ids, shared_bodies) as s (id, body)
        cross join lateral (
            select d.org_id from unnest(ids, endpoints, deliveries) as i (id, endpoint_id, delivery_id)
            join directory_webhook_endpoints d on d.id = i.endpoint_id
            where i.delivery_id = s.id and i.id = any (fresh)
            limit 1) o;
    end if;
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
    uuid[], uuid[], text[], text[], text[], text[], timestamptz[], bytea[], text[], uuid[], uuid[], bytea[])
    from public;
grant execute on function record_webhook_events(
    uuid[], uuid[], text[], text[], text[], text[], timestamptz[], bytea[], text[], uuid[], uuid[], bytea[])
    to ${schema}_app;
--rollback drop function record_webhook_events;

--changeset voice:inbox-claim runOnChange:true splitStatements:false
-- Leases what is due, the oldest first: events that no call has taken in yet, and applied ones whose effects are owed
-- (of these none of the tenants in not_for, for whom crm-service was away just now). Of each call only one event, and
-- none while another of it is at work. A claim is short, so claims take turns: only then does each see what the one
-- before has taken. What a lost worker left lying is due again once its lease is over, and dead after eight tries.
-- "offset 0" keeps the planner from turning the tests into joins of the whole queue: they are made for the oldest rows
-- only, until there are enough of them. It plans anew each time, since the queue of a minute ago says nothing of this one.
create or replace function claim_webhook_events(at_most int, owing_at_most int, not_for uuid[], lease_seconds int)
    returns table (
        org_id uuid, id uuid, provider text, event_id text, call_key text, attempts int, applied boolean, effects text,
        lease uuid)
    language plpgsql security definer
    set search_path = ${schema}, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
    orgs uuid[];
    ids uuid[];
    owing_orgs uuid[];
    owing_ids uuid[];
begin
    perform pg_advisory_xact_lock(hashtext('${schema}.claim_webhook_events'));
    update processed_webhook_events e
    set status = case when e.attempts < 8 then 'pending' else 'dead' end::webhook_event_status,
        error = 'the worker was lost', next_attempt_at = now(), lease = null, lease_until = null,
        processed_at = case when e.attempts < 8 then null else now() end
    where e.status = 'running' and e.lease_until < now();

    select array_agg(f.org_id), array_agg(f.id) into orgs, ids from (
        select e.org_id, e.id from processed_webhook_events e
        where e.status = 'pending' and e.applied_at is null and e.next_attempt_at <= now()
            and not exists (
                select from processed_webhook_events r
                where r.org_id = e.org_id and r.provider = e.provider and r.call_key = e.call_key
                    and r.status = 'running' offset 0)
            and not exists (
                select from processed_webhook_events b
                where b.org_id = e.org_id and b.call_key = e.call_key
                    and b.status = 'pending' and b.applied_at is null and b.next_attempt_at <= now()
                    and b.id < e.id offset 0)
        order by e.next_attempt_at, e.id
        limit at_most) f;

    if owing_at_most > 0 and exists (
        select from processed_webhook_events e where e.status = 'pending' and e.applied_at is not null)
    then
        -- By tenant, skipping from one to the next, so that one who must wait holds up no other.
        with recursive owing (org_id) as (
            (select e.org_id from processed_webhook_events e
                where e.status = 'pending' and e.applied_at is not null order by e.org_id limit 1)
            union all
            select (select e.org_id from processed_webhook_events e
                where e.status = 'pending' and e.applied_at is not null and e.org_id > o.org_id order by e.org_id limit 1)
            from owing o where o.org_id is not null
        )
        select array_agg(w.org_id), array_agg(w.id) into owing_orgs, owing_ids from (
            select d.org_id, d.id from owing o cross join lateral (
                select e.org_id, e.id, e.next_attempt_at from processed_webhook_events e
                where e.org_id = o.org_id and e.status = 'pending' and e.applied_at is not null
                    and e.next_attempt_at <= now()
                    and not exists (
                        select from processed_webhook_events r
                        where r.org_id = e.org_id and r.provider = e.provider and r.call_key = e.call_key
                            and r.status = 'running' offset 0)
                    and not exists (
                        select from processed_webhook_events b
                        where b.org_id = e.org_id and b.call_key = e.call_key
                            and b.status = 'pending' and b.next_attempt_at <= now()
                            and (b.applied_at is null or b.id < e.id) offset 0)
                order by e.next_attempt_at, e.id
                limit 4) d
            where o.org_id <> all (not_for)
            order by d.next_attempt_at, d.id
            limit owing_at_most) w;
    end if;

    return query
        with due as materialized (
            select e.org_id, e.id from unnest(orgs || owing_orgs, ids || owing_ids) as c (org_id, id)
            join processed_webhook_events e on e.org_id = c.org_id and e.id = c.id
            where e.status = 'pending'
            for update of e skip locked
        )
        update processed_webhook_events e
        set status = 'running', attempts = e.attempts + 1, lease = gen_random_uuid(),
            lease_until = now() + make_interval(secs => lease_seconds)
        from due d where e.org_id = d.org_id and e.id = d.id
        returning e.org_id, e.id, e.provider, e.event_id, e.call_key, e.attempts, e.applied_at is not null,
            e.effects::text, e.lease;
end
$$;
revoke all on function claim_webhook_events(int, int, uuid[], int) from public;
grant execute on function claim_webhook_events(int, int, uuid[], int) to ${schema}_app;
--rollback drop function claim_webhook_events(int, int, uuid[], int);

--changeset voice:inbox-release runOnChange:true splitStatements:false
-- Gives back, on shutdown, what this worker has claimed and not begun; it costs no attempt.
create or replace function release_webhook_events(tokens uuid[]) returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with released as (
        update processed_webhook_events e
        set status = 'pending', attempts = e.attempts - 1, next_attempt_at = now(), lease = null, lease_until = null
        where e.status = 'running' and e.lease = any (tokens)
        returning 1
    )
    select count(*)::int from released
$$;
revoke all on function release_webhook_events(uuid[]) from public;
grant execute on function release_webhook_events(uuid[]) to ${schema}_app;
--rollback drop function release_webhook_events(uuid[]);
