--liquibase formatted sql

--changeset voice:queue-rebuild runOnChange:true splitStatements:false
-- Makes the queue anew from the events, after events were written by hand. No role of the service may call it.
create or replace function rebuild_call_queue() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    lock table call_queue in share row exclusive mode;
    delete from call_queue;
    with queued as (
        insert into call_queue (org_id, provider, call_key, event_id, pending, due_at, owed, deep)
        select e.org_id, e.provider, coalesce(e.call_key, e.id::text), case when e.call_key is null then e.id end, count(*),
            coalesce(min(e.next_attempt_at) filter (where e.status = 'pending' and e.applied_at is null),
                min(e.next_attempt_at) filter (where e.status = 'pending')),
            bool_and(e.applied_at is not null or e.status = 'running') and bool_or(e.status = 'pending'),
            count(*) > 100
        from processed_webhook_events e where e.status in ('pending', 'running')
        group by 1, 2, 3, 4
        returning 1
    )
    select count(*)::int from queued
$$;
revoke all on function rebuild_call_queue() from public;
--rollback drop function rebuild_call_queue();

--changeset voice:queue-update-changed-events runOnChange:true splitStatements:false
-- Looks for the next event of each call of which an event waits again or is over. The queue's rows are locked by a
-- statement before the one that looks: only then does it see all events that came before the lock. An event that begins to
-- run changes nothing, since claims pass over its call. Without sequential scans, as the plans outlive an empty table.
create or replace function update_queue_of_changed_events() returns trigger
    language plpgsql security definer
    set search_path = ${schema}, pg_temp
    set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off as $$
declare
    calls call_queue[];
begin
    select array_agg(row(c.org_id, c.provider, c.call_key, c.event_id, c.pending, null, false, false)::call_queue) into calls
    from (
        select n.org_id, n.provider, coalesce(n.call_key, n.id::text) as call_key,
            case when n.call_key is null then n.id end as event_id,
            sum((n.status in ('pending', 'running'))::int - (o.status in ('pending', 'running'))::int)::int as pending
        from new_events n join old_events o on o.org_id = n.org_id and o.id = n.id
        where n.status <> 'running' and not (n.status in ('done', 'dead') and o.status in ('done', 'dead'))
        group by 1, 2, 3, 4) c;
    if calls is null then
        return null;
    end if;

    perform from call_queue q join unnest(calls) c on c.org_id = q.org_id and c.provider = q.provider and c.call_key = q.call_key
    order by q.org_id, q.provider, q.call_key
    for update of q;

    select array_agg(row(c.org_id, c.provider, c.call_key, c.event_id, coalesce(q.pending, 0) + c.pending, h.due_at,
        coalesce(h.owed, false), false)::call_queue) into calls
    from unnest(calls) c
    left join call_queue q on q.org_id = c.org_id and q.provider = c.provider and q.call_key = c.call_key
    left join lateral (
        select w.due_at, w.owed from (
            (select e.next_attempt_at, false from processed_webhook_events e
                where e.org_id = c.org_id and e.call_key = c.call_key and e.provider = c.provider
                    and e.status = 'pending' and e.applied_at is null
                order by e.next_attempt_at limit 1)
            union all
            (select e.next_attempt_at, true from processed_webhook_events e
                where e.org_id = c.org_id and e.call_key = c.call_key and e.provider = c.provider
                    and e.status = 'pending' and e.applied_at is not null
                order by e.next_attempt_at limit 1)
            union all
            (select e.next_attempt_at, e.applied_at is not null from processed_webhook_events e
                where e.org_id = c.org_id and e.id = c.event_id and e.status::text = 'pending')) w (due_at, owed)
        order by greatest(w.due_at, now()), w.owed
        limit 1) h on true;

    delete from call_queue q using unnest(calls) c
    where q.org_id = c.org_id and q.provider = c.provider and q.call_key = c.call_key and c.pending <= 0 and c.due_at is null;

    insert into call_queue as q
    select c.* from unnest(calls) c where c.pending > 0 or c.due_at is not null
    order by c.org_id, c.provider, c.call_key
    on conflict (org_id, provider, call_key) do update
        set pending = excluded.pending, due_at = excluded.due_at, owed = excluded.owed;
    return null;
end
$$;
revoke all on function update_queue_of_changed_events() from public;
create or replace trigger requeued after update on processed_webhook_events
    referencing old table as old_events new table as new_events
    for each statement execute function update_queue_of_changed_events();
--rollback drop trigger requeued on processed_webhook_events;
--rollback drop function update_queue_of_changed_events();

--changeset voice:queue-due-calls runOnChange:true splitStatements:false
-- Calls that are due, of at most 1,000 tenants from a random one on: each tenant's first before each one's second, and so on,
-- counting what the worker holds of it already. While another tenant waits, a tenant gets a quarter of the worker's
-- capacity at most, and three quarters else, so that a tenant that comes finds room.
create or replace function due_calls(only_owed boolean, at_most int, left_out uuid[], held uuid[], capacity int)
    returns table (org_id uuid, provider text, call_key text, event_id uuid)
    language plpgsql rows 16
    set search_path = ${schema}, pg_temp
    set plan_cache_mode = force_generic_plan
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    first constant uuid := gen_random_uuid();
    waiting uuid[];
    share int;
begin
    with recursive from_first (org_id) as (
        (select q.org_id from call_queue q where q.owed = only_owed and q.org_id >= first order by q.org_id limit 1)
        union all
        select (select q.org_id from call_queue q where q.owed = only_owed and q.org_id > f.org_id order by q.org_id limit 1)
        from from_first f where f.org_id is not null
    ), up_to_first (org_id) as (
        (select q.org_id from call_queue q where q.owed = only_owed and q.org_id < first order by q.org_id limit 1)
        union all
        select (select q.org_id from call_queue q
            where q.owed = only_owed and q.org_id > u.org_id and q.org_id < first order by q.org_id limit 1)
        from up_to_first u where u.org_id is not null
    ), tenants as (
        select f.org_id from from_first f union all select u.org_id from up_to_first u limit 1000
    )
    select array_agg(t.org_id) into waiting from tenants t
    where t.org_id <> all (left_out) and exists (
        select from call_queue q where q.owed = only_owed and q.org_id = t.org_id and q.due_at <= now() offset 0);
    share := greatest(1, case when cardinality(waiting) > 1 then capacity / 4 else capacity * 3 / 4 end);

    return query
        select c.org_id, c.provider, c.call_key, c.event_id from (
            select d.*, row_number() over (partition by d.org_id order by d.due_at)
                + (select count(*) from unnest(held) as h (org_id) where h.org_id = d.org_id) as turn
            from unnest(waiting) as w (org_id) cross join lateral (
                select q.org_id, q.provider, q.call_key, q.event_id, q.due_at from call_queue q
                where q.owed = only_owed and q.org_id = w.org_id and q.due_at <= now()
                    and not exists (
                        select from processed_webhook_events r
                        where r.org_id = q.org_id and r.provider = q.provider and r.call_key = q.call_key
                            and r.status = 'running' offset 0)
                    and not exists (
                        select from processed_webhook_events r
                        where r.org_id = q.org_id and r.id = q.event_id and r.status = 'running' offset 0)
                order by q.due_at
                limit case when cardinality(waiting) > capacity then 1 else share end) d) c
        where c.turn <= share
        order by c.turn, c.due_at
        limit at_most;
end
$$;
revoke all on function due_calls(boolean, int, uuid[], uuid[], int) from public;
--rollback drop function due_calls(boolean, int, uuid[], uuid[], int);

--changeset voice:queue-analyze-grown-tables runOnChange:true splitStatements:false
-- Plans outlive the tables for which they were made: one that was made while a table was nearly empty may take any index that begins
-- with an organization, and reads all its events when a burst has come. Autovacuum looks once a minute; until then each claim would
-- cost more than the one before. An analyze has all sessions plan anew. Large tables can wait for autovacuum, and no claim waits for
-- a vacuum that has the table.
create or replace function analyze_grown_tables() returns void
    language plpgsql set search_path = ${schema}, pg_temp set default_statistics_target = 10 as $$
declare
    grown regclass;
begin
    for grown in
        select c.oid from pg_class c
        where c.oid in ('processed_webhook_events'::regclass, 'call_queue'::regclass)
            and c.relpages < 1000 and pg_relation_size(c.oid) > 8 * 8192 * greatest(c.relpages, 8)
    loop
        execute format('analyze (skip_locked) %s', grown);
    end loop;
end
$$;
revoke all on function analyze_grown_tables() from public;
--rollback drop function analyze_grown_tables();

--changeset voice:queue-claim runOnChange:true splitStatements:false
-- Leases the next event of calls that are due, in turn by tenant. Of each call only one event, and none while another of it
-- runs. Owed effects come apart: a part of the room is theirs, but for the tenants in `away`, for whom crm-service was away
-- just now; nothing is claimed for those in `left_out`. A claim is short, so claims take turns: only then does each see what
-- the one before has taken. An event whose worker was lost is tried once more, alone of its kind, since it may have ended its
-- worker and taken others along; lost again it is dead.
-- Whatever the planner takes the tables for, it finds rows by the one index that leads to them: the settings leave it nested
-- loops, lateral subselects their order, and status::text the primary key.
-- held: the tenant of each event that the worker has leased; capacity: how many those are at most.
create or replace function claim_webhook_events(
        at_most int, owed_at_most int, left_out uuid[], away uuid[], held uuid[], capacity int, lease_seconds int)
    returns table (
        org_id uuid, id uuid, provider text, event_id text, call_key text, attempts int, applied boolean, effects text,
        lease uuid)
    language plpgsql security definer
    set search_path = ${schema}, pg_temp
    set plan_cache_mode = force_generic_plan
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    room constant int := least(greatest(at_most, 0), 100);
    workers constant int := least(greatest(capacity, 1), 100);
    seconds constant int := least(greatest(lease_seconds, 1), 300);
    orgs uuid[];
    ids uuid[];
begin
    perform set_config('synchronous_commit', 'off', true); -- a claim that a crash of the database takes back is made again
    perform pg_advisory_xact_lock(hashtext('${schema}.claim_webhook_events'));
    perform analyze_grown_tables();
    update processed_webhook_events e
    set status = case when e.worker_lost then 'dead' else 'pending' end::webhook_event_status,
        worker_lost = true,
        error = 'The worker stopped ' || case when e.worker_lost then 'twice ' else '' end || 'while it had the event.',
        next_attempt_at = now(), lease = null, lease_until = null, processed_at = case when e.worker_lost then now() end
    where (e.org_id, e.id) in (
        select l.org_id, l.id from processed_webhook_events l
        where l.status = 'running' and l.lease_until < now() limit 100 for update skip locked);

    with owed as materialized (
        select d.* from due_calls(true, least(greatest(owed_at_most, 0), room), left_out || away, held, workers) d
    ), fresh as materialized (
        select d.* from due_calls(false, room - (select count(*)::int from owed), left_out, held, workers) d
    ), heads as (
        select h.org_id, h.id, h.worker_lost, row_number() over (partition by h.worker_lost) as nth from (
            select e.* from fresh f cross join lateral (
                select e.org_id, e.id, e.worker_lost from processed_webhook_events e
                where e.org_id = f.org_id and e.call_key = f.call_key and e.provider = f.provider and f.event_id is null
                    and e.status = 'pending' and e.applied_at is null and e.next_attempt_at <= now()
                order by e.next_attempt_at, e.id limit 1) e
            union all
            select e.* from owed o cross join lateral (
                select e.org_id, e.id, e.worker_lost from processed_webhook_events e
                where e.org_id = o.org_id and e.call_key = o.call_key and e.provider = o.provider and o.event_id is null
                    and e.status = 'pending' and e.applied_at is not null and e.next_attempt_at <= now()
                order by e.next_attempt_at, e.id limit 1) e
            union all
            select e.* from (select * from fresh union all select * from owed) c cross join lateral (
                select e.org_id, e.id, e.worker_lost from processed_webhook_events e
                where e.org_id = c.org_id and e.id = c.event_id
                    and e.status::text = 'pending' and e.next_attempt_at <= now() limit 1) e) h
    )
    select array_agg(h.org_id), array_agg(h.id) into orgs, ids from heads h
    where not h.worker_lost or h.nth = 1 and not exists (
        select from processed_webhook_events r where r.status = 'running' and r.worker_lost);

    return query
        with due as materialized (
            select e.org_id, e.id from unnest(orgs, ids) as c (org_id, id) cross join lateral (
                select e.org_id, e.id from processed_webhook_events e
                where e.org_id = c.org_id and e.id = c.id and e.status::text = 'pending'
                for update skip locked) e
        )
        update processed_webhook_events e
        set status = 'running', attempts = e.attempts + 1, lease = gen_random_uuid(),
            lease_until = now() + make_interval(secs => seconds)
        from due d where e.org_id = d.org_id and e.id = d.id
        returning e.org_id, e.id, e.provider, e.event_id, e.call_key, e.attempts, e.applied_at is not null,
            e.effects::text, e.lease;
end
$$;
revoke all on function claim_webhook_events(int, int, uuid[], uuid[], uuid[], int, int) from public;
grant execute on function claim_webhook_events(int, int, uuid[], uuid[], uuid[], int, int) to ${schema}_app;
--rollback drop function claim_webhook_events(int, int, uuid[], uuid[], uuid[], int, int);

--changeset voice:queue-release runOnChange:true splitStatements:false
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
