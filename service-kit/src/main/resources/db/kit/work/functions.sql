--liquibase formatted sql

--changeset kit:claim-work splitStatements:false runOnChange:true
-- Leases pieces of one kind: crosses tenants, since a worker works for all of them. Tenants take turns: it goes over those after
-- the given one, at most 100 that have pieces due, and gives each an equal part. A piece whose lease ran out four times
-- without progress is a dead letter: it may be what ends its workers. Its plan is kept, as that of claim_outbox is.
create or replace function claim_work(of_kind text, after_org uuid, at_most int, lease_seconds float8)
    returns table (org_id uuid, id uuid, payload jsonb, progress jsonb, attempts int, lease uuid)
    language plpgsql security definer set search_path = ${schema}, pg_temp set plan_cache_mode = force_generic_plan
    set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
#variable_conflict use_column
begin
    perform set_config('synchronous_commit', 'off', true);
    return query
    with recursive waiting as (
        -- One step down the index a tenant; is_due looks at its first piece alone. Behind the last tenant comes the first.
        select after_org as org_id, false as is_due, 0 as nth, false as is_second_round
        union all
        select next.org_id, next.is_due, waiting.nth + next.is_due::int, next.is_second_round
        from waiting cross join lateral (
            (select w.org_id, w.next_attempt_at <= now() as is_due, waiting.is_second_round from work w
            where w.kind = of_kind and w.state = 'pending' and w.org_id > waiting.org_id
                and (not waiting.is_second_round or w.org_id <= after_org)
            order by w.org_id, w.next_attempt_at limit 1)
            union all
            (select w.org_id, w.next_attempt_at <= now(), true from work w
            where not waiting.is_second_round and w.kind = of_kind and w.state = 'pending' and w.org_id <= after_org
            order by w.org_id, w.next_attempt_at limit 1)
            limit 1) next
        where waiting.nth < least(100, at_most)
    ), due as materialized (
        select d.* from (select t.org_id from waiting t where t.is_due) t cross join lateral (
            select w.org_id, w.id, w.lease is not null and w.losses >= 3 as is_dead from work w
            where w.kind = of_kind and w.state = 'pending' and w.org_id = t.org_id and w.next_attempt_at <= now()
            order by w.next_attempt_at, w.id
            limit greatest(least(at_most, 100) / greatest((select count(*) from waiting where is_due), 1), 1)
            for update skip locked) d
    ), claimed as (
        update work w
        set losses = w.losses + (w.lease is not null)::int,
            attempts = w.attempts + (not d.is_dead)::int,
            state = case when d.is_dead then 'dead' else 'pending' end,
            error = case when d.is_dead then 'its worker was lost four times' else w.error end,
            finished_at = case when d.is_dead then now() end,
            lease = case when not d.is_dead then gen_random_uuid() end,
            next_attempt_at = now() + make_interval(secs => least(greatest(lease_seconds, 1), 3600))
        from due d where w.org_id = d.org_id and w.id = d.id
        returning w.org_id, w.id, w.payload, w.progress, w.attempts, w.lease, d.is_dead
    )
    select c.org_id, c.id, c.payload, c.progress, c.attempts, c.lease from claimed c where not c.is_dead;
end
$$;
revoke all on function claim_work(text, uuid, int, float8) from public;
grant execute on function claim_work(text, uuid, int, float8) to ${schema}_app;
--rollback drop function claim_work(text, uuid, int, float8);

--changeset kit:renew-work splitStatements:false runOnChange:true
-- Extends leases and says how many are still held.
create or replace function renew_work(tokens uuid[], lease_seconds float8) returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with renewed as (
        update work w set next_attempt_at = now() + make_interval(secs => least(greatest(lease_seconds, 1), 3600))
        where w.lease = any (tokens)
        returning 1
    )
    select count(*)::int from renewed
$$;
revoke all on function renew_work(uuid[], float8) from public;
grant execute on function renew_work(uuid[], float8) to ${schema}_app;
--rollback drop function renew_work(uuid[], float8);

--changeset kit:finish-work splitStatements:false runOnChange:true
-- Keeps the result. Only the holder of the lease may.
create or replace function finish_work(token uuid, outcome jsonb) returns int
    language plpgsql security definer set search_path = ${schema}, pg_temp set enable_seqscan = off as $$
declare
    finished int;
begin
    update work w set state = 'done', result = outcome, error = null, finished_at = now(), lease = null where w.lease = token;
    get diagnostics finished = row_count;
    return finished;
end
$$;
revoke all on function finish_work(uuid, jsonb) from public;
grant execute on function finish_work(uuid, jsonb) to ${schema}_app;
--rollback drop function finish_work(uuid, jsonb);

--changeset kit:retry-work splitStatements:false runOnChange:true
-- Gives a lease back after a failed try, with its reason; the next try comes after the wait.
create or replace function retry_work(token uuid, reason text, wait_seconds float8) returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with released as (
        update work w
        set lease = null, error = left(reason, 500), losses = 0,
            next_attempt_at = now() + make_interval(secs => least(greatest(wait_seconds, 0), 604800))
        where w.lease = token
        returning 1
    )
    select count(*)::int from released
$$;
revoke all on function retry_work(uuid, text, float8) from public;
grant execute on function retry_work(uuid, text, float8) to ${schema}_app;
--rollback drop function retry_work(uuid, text, float8);

--changeset kit:dead-letter-work splitStatements:false runOnChange:true
-- Gives a piece up, with the reason.
create or replace function dead_letter_work(token uuid, reason text) returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with dead as (
        update work w set state = 'dead', error = left(reason, 500), finished_at = now(), lease = null
        where w.lease = token
        returning 1
    )
    select count(*)::int from dead
$$;
revoke all on function dead_letter_work(uuid, text) from public;
grant execute on function dead_letter_work(uuid, text) to ${schema}_app;
--rollback drop function dead_letter_work(uuid, text);

--changeset kit:release-work splitStatements:false runOnChange:true
-- Gives leases back when their worker stops; that costs no attempt.
create or replace function release_work(tokens uuid[]) returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with released as (
        update work w set lease = null, attempts = w.attempts - 1, next_attempt_at = now()
        where w.lease = any (tokens)
        returning 1
    )
    select count(*)::int from released
$$;
revoke all on function release_work(uuid[]) from public;
grant execute on function release_work(uuid[]) to ${schema}_app;
--rollback drop function release_work(uuid[]);

--changeset kit:forget-work splitStatements:false runOnChange:true
-- Removes at most 1,000 pieces that were done a week ago and says how many. Dead letters stay.
create or replace function forget_work() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with gone as (
        delete from work where ctid = any (array(
            select ctid from work where state = 'done' and finished_at < now() - interval '7 days'
            order by finished_at limit 1000 for update skip locked))
        returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function forget_work() from public;
grant execute on function forget_work() to ${schema}_app;
--rollback drop function forget_work();
