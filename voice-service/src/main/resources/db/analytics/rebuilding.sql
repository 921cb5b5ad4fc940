--liquibase formatted sql

--changeset voice:analytics-count-by-hour runOnChange:true splitStatements:false
-- 24 numbers: how many times each hour is there.
create or replace function count_by_hour(hours int[]) returns int[] language plpgsql immutable as $$
declare
    counted int[] := array_fill(0, array[24]);
begin
    for i in 1..cardinality(hours) loop
        counted[hours[i] + 1] := counted[hours[i] + 1] + 1;
    end loop;
    return counted;
end
$$;
--rollback drop function count_by_hour(int[]);

--changeset voice:analytics-recount runOnChange:true splitStatements:false
-- What call_analytics should be on the days from one to another. Days are an organization's, so their calls began within two days of UTC's.
create or replace function recounted_analytics(org uuid, since date, until date) returns setof call_analytics language sql stable as $$
    select c.org_id, c.local_day, c.client_id, c.assistant_id, c.agent_id, c.owner_id, sum(c.calls)::int, sum(c.answered)::int,
        sum(c.missed)::int, sum(c.seconds), sum(c.cost)::numeric(20, 6), sum(c.tokens), sum(c.successes)::int,
        sum(c.failures)::int, count_by_hour(array_agg(c.local_hour))
    from call_logs l cross join lateral count_of_call(l) c
    where l.org_id = org and l.local_day between since and until
        and l.started_at >= (since - 2)::timestamp at time zone 'UTC' and l.started_at < (until + 3)::timestamp at time zone 'UTC'
    group by c.org_id, c.local_day, c.client_id, c.assistant_id, c.agent_id, c.owner_id
$$;
--rollback drop function recounted_analytics(uuid, date, date);

--changeset voice:analytics-recount-breakdowns runOnChange:true splitStatements:false
create or replace function recounted_breakdowns(org uuid, since date, until date) returns setof call_breakdowns language sql stable as $$
    select c.org_id, p.kind, c.local_day, c.client_id, c.agent_id, c.owner_id, p.value, sum(c.calls)::int, sum(c.answered)::int,
        sum(c.missed)::int, sum(c.seconds), sum(p.cost)::numeric(20, 6), sum(c.tokens), sum(c.successes)::int, sum(c.failures)::int
    from call_logs l cross join lateral count_of_call(l) c cross join lateral parts_of_count(c) p
    where l.org_id = org and l.local_day between since and until
        and l.started_at >= (since - 2)::timestamp at time zone 'UTC' and l.started_at < (until + 3)::timestamp at time zone 'UTC'
    group by c.org_id, p.kind, c.local_day, c.client_id, c.agent_id, c.owner_id, p.value
$$;
--rollback drop function recounted_breakdowns(uuid, date, date);

--changeset voice:analytics-wrong-days runOnChange:true splitStatements:false
-- The days whose sums do not fit an organization's calls. They are found in one snapshot, in which calls and sums belong together, while
-- calls go on.
create or replace function wrong_call_days(org uuid) returns setof date
    language sql stable security definer set search_path = ${schema}, pg_temp
    set work_mem = '64MB' set max_parallel_workers_per_gather = 0 set jit = off as $$
    with recounted as materialized (select r.* from recounted_analytics(org, '-infinity', 'infinity') r),
    stored as materialized (select a.* from call_analytics a where a.org_id = org),
    recounted_parts as materialized (select r.* from recounted_breakdowns(org, '-infinity', 'infinity') r),
    stored_parts as materialized (select b.* from call_breakdowns b where b.org_id = org)
    select w.local_day from (
        select d.local_day from (table recounted except table stored) d
        union select d.local_day from (table stored except table recounted) d
        union select d.local_day from (table recounted_parts except table stored_parts) d
        union select d.local_day from (table stored_parts except table recounted_parts) d) w
    order by 1
$$;
revoke all on function wrong_call_days(uuid) from public;
grant execute on function wrong_call_days(uuid) to ${schema}_app;
--rollback drop function wrong_call_days(uuid);

--changeset voice:analytics-rebuild-days runOnChange:true splitStatements:false
-- Counts an organization's calls of the days from one to another anew. Calls that wait for the lock meanwhile add their differences
-- afterwards.
create or replace function rebuild_call_days(org uuid, since date, until date) returns void
    language plpgsql security definer set search_path = ${schema}, pg_temp
    set plan_cache_mode = force_custom_plan set enable_seqscan = off set jit = off as $$
begin
    perform pg_advisory_xact_lock(hashtext('${schema}.call_analytics'), hashtext(org::text) & 1023);
    delete from call_analytics a where a.org_id = org and a.local_day between since and until;
    insert into call_analytics select r.* from recounted_analytics(org, since, until) r;
    delete from call_breakdowns b
    using (values ('currency'), ('ended_reason'), ('number'), ('provider')) k (kind)
    where b.org_id = org and b.kind = k.kind and b.local_day between since and until;
    insert into call_breakdowns select r.* from recounted_breakdowns(org, since, until) r;
end
$$;
revoke all on function rebuild_call_days(uuid, date, date) from public;
grant execute on function rebuild_call_days(uuid, date, date) to ${schema}_app;
--rollback drop function rebuild_call_days(uuid, date, date);

--changeset voice:analytics-rebuild runOnChange:true splitStatements:false
-- Counts an organization's calls anew, and writes the days that differ; answers how many did. Its calls wait until the transaction is over:
-- the API's job has one a day instead.
create or replace function rebuild_call_analytics(org uuid) returns int
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    wrong constant date[] := array(select d from wrong_call_days(org) d);
begin
    perform rebuild_call_days(org, min(w.day), max(w.day)) from (
        select d as day, d - row_number() over (order by d)::int as run_of_days from unnest(wrong) d) w
    group by w.run_of_days;
    return cardinality(wrong);
end
$$;
revoke all on function rebuild_call_analytics(uuid) from public;
grant execute on function rebuild_call_analytics(uuid) to ${schema}_app;
--rollback drop function rebuild_call_analytics(uuid);
