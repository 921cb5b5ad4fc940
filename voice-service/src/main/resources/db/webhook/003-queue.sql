--liquibase formatted sql

--changeset voice:webhook-003-claim splitStatements:false
-- Leases what is due, the oldest first: events that no call has taken in yet, and applied ones whose effects are owed
-- (of these none of the tenants in not_for, for whom crm-service was away just now). Of each call only one event, and
-- none while another of it is at work. A claim is short, so claims take turns: only then does each see what the one
-- before has taken. What a lost worker left lying is due again once its lease is over, and dead after eight tries.
-- "offset 0" keeps the planner from turning the tests into joins of the whole queue: they are made for the oldest rows
-- only, until there are enough of them. It plans anew each time, since the queue of a minute ago says nothing of this one.
create function claim_webhook_events(at_most int, owing_at_most int, not_for uuid[], lease_seconds int)
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

--changeset voice:webhook-003-release splitStatements:false
-- Gives back, on shutdown, what this worker has claimed and not begun; it costs no attempt.
create function release_webhook_events(tokens uuid[]) returns int
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
