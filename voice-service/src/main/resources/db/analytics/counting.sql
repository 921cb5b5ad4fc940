--liquibase formatted sql

--changeset voice:analytics-organization-time runOnChange:true splitStatements:false
-- A moment by the organization's clock: by UTC until its time zone is known, or where PostgreSQL does not know the zone.
create or replace function organization_time(org uuid, moment timestamptz) returns timestamp language plpgsql stable as $$
begin
    return moment at time zone coalesce((select s.time_zone from organization_settings s where s.org_id = org), 'UTC');
exception when invalid_parameter_value then
    return moment at time zone 'UTC';
end
$$;
--rollback drop function organization_time(uuid, timestamptz);

--changeset voice:analytics-set-local-time runOnChange:true splitStatements:false
-- A later change of the organization's time zone leaves the day that a call was counted on.
create or replace function set_local_time() returns trigger language plpgsql as $$
declare
    clock constant timestamp := organization_time(new.org_id, new.started_at);
begin
    new.local_day := clock::date;
    new.local_hour := extract(hour from clock);
    return new;
end
$$;
--rollback drop function set_local_time();

--changeset voice:analytics-count-of-call runOnChange:true splitStatements:false
-- What a call counts; no row for a leg.
create or replace function count_of_call(call call_logs) returns setof counted_call language sql stable rows 1 as $$
    select call.org_id, call.local_day, call.client_id, call.assistant_id, call.agent_id, call.owner_id, call.local_hour::int,
        call.provider, case call.direction when 'inbound' then call.to_e164 when 'outbound' then call.from_e164 end,
        left(call.ended_reason, 100), nullif(call.currency, 'USD'), 1,
        (call.answered is true and call.answered_by is distinct from 'machine')::int,
        (call.direction is not distinct from 'inbound' and call.status = 'ended' and call.answered is false
            and call.answered_by is distinct from 'machine')::int,
        coalesce(call.duration_seconds, 0),
        case when coalesce(call.currency, 'USD') = 'USD' then coalesce(call.cost, 0) else 0 end,
        case when call.currency <> 'USD' then coalesce(call.cost, 0) else 0 end,
        coalesce(call.tokens, 0), (call.success is true)::int, (call.success is false)::int
    where call.head_id is null and call.local_day is not null
$$;
--rollback drop function count_of_call(call_logs);

--changeset voice:analytics-parts-of-count runOnChange:true splitStatements:false
-- The rows of call_breakdowns that a call counts in.
create or replace function parts_of_count(c counted_call) returns table (kind text, value text, cost numeric)
    language sql stable rows 3 as $$
    select k.kind, k.value, k.cost
    from (values ('currency', c.other_currency, c.other_cost), ('ended_reason', c.ended_reason, c.cost), ('number', c.number, c.cost),
        ('provider', c.provider, c.cost)) k (kind, value, cost)
    where k.kind = 'number' or k.value is not null
$$;
--rollback drop function parts_of_count(counted_call);

--changeset voice:analytics-add-count runOnChange:true splitStatements:false
-- Adds numbers, which may be negative, to the rows of their keys; in the keys' order.
create or replace function add_count(c counted_call) returns void language plpgsql as $$
begin
    insert into call_analytics as a values (c.org_id, c.local_day, c.client_id, c.assistant_id, c.agent_id, c.owner_id, c.calls, c.answered,
        c.missed, c.seconds, c.cost, c.tokens, c.successes, c.failures,
        array_fill(0, array[c.local_hour]) || c.calls || array_fill(0, array[23 - c.local_hour]))
    on conflict on constraint call_analytics_key do update
    set calls = a.calls + excluded.calls, answered = a.answered + excluded.answered, missed = a.missed + excluded.missed,
        seconds = a.seconds + excluded.seconds, cost = a.cost + excluded.cost, tokens = a.tokens + excluded.tokens,
        successes = a.successes + excluded.successes, failures = a.failures + excluded.failures,
        by_hour[c.local_hour + 1] = a.by_hour[c.local_hour + 1] + excluded.calls;
    insert into call_breakdowns as b
    select c.org_id, p.kind, c.local_day, c.client_id, c.agent_id, c.owner_id, p.value, c.calls, c.answered, c.missed, c.seconds, p.cost,
        c.tokens, c.successes, c.failures
    from parts_of_count(c) p
    on conflict on constraint call_breakdowns_key do update
    set calls = b.calls + excluded.calls, answered = b.answered + excluded.answered, missed = b.missed + excluded.missed,
        seconds = b.seconds + excluded.seconds, cost = b.cost + excluded.cost, tokens = b.tokens + excluded.tokens,
        successes = b.successes + excluded.successes, failures = b.failures + excluded.failures;
end
$$;
--rollback drop function add_count(counted_call);

--changeset voice:analytics-take-back-count runOnChange:true splitStatements:false
-- A row that counts nothing any longer goes: its value may be the number of a person whose calls were erased.
create or replace function take_back_count(c counted_call) returns void language plpgsql as $$
begin
    perform add_count((c.org_id, c.local_day, c.client_id, c.assistant_id, c.agent_id, c.owner_id, c.local_hour, c.provider, c.number,
        c.ended_reason, c.other_currency, -c.calls, -c.answered, -c.missed, -c.seconds, -c.cost, -c.other_cost, -c.tokens,
        -c.successes, -c.failures)::counted_call);
    delete from call_analytics a where a.org_id = c.org_id and a.local_day = c.local_day and a.calls = 0;
    delete from call_breakdowns b using (values ('currency'), ('ended_reason'), ('number'), ('provider')) k (kind)
    where b.org_id = c.org_id and b.kind = k.kind and b.local_day = c.local_day and b.calls = 0;
end
$$;
--rollback drop function take_back_count(counted_call);

--changeset voice:analytics-count-call runOnChange:true splitStatements:false
-- Adds what a call counts now and takes back what it counted before; the difference, where both are of the same rows. Fires at the
-- end of the transaction, which then waits for no row of call_logs any more; from here to the commit, one transaction of an
-- organization at a time: so there is no deadlock, also where a transaction changes many calls. Runs as the owner, since only it
-- writes these tables; the lock's names are few, as they fill a table of the whole server.
create or replace function count_call() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    was counted_call;
    now counted_call;
begin
    select c.* into was from count_of_call(old) c;
    select c.* into now from count_of_call(new) c;
    if was.org_id is null and now.org_id is null then
        return null;
    end if;
    perform pg_advisory_xact_lock(hashtext('${schema}.call_analytics'), hashtext(coalesce(new.org_id, old.org_id)::text) & 1023);
    if (was.org_id, was.local_day, was.client_id, was.assistant_id, was.agent_id, was.owner_id, was.local_hour, was.provider, was.number,
            was.ended_reason, was.other_currency)
        is not distinct from (now.org_id, now.local_day, now.client_id, now.assistant_id, now.agent_id, now.owner_id, now.local_hour,
            now.provider, now.number, now.ended_reason, now.other_currency)
    then
        perform add_count((now.org_id, now.local_day, now.client_id, now.assistant_id, now.agent_id, now.owner_id, now.local_hour,
            now.provider, now.number, now.ended_reason, now.other_currency, 0, now.answered - was.answered, now.missed - was.missed,
            now.seconds - was.seconds, now.cost - was.cost, now.other_cost - was.other_cost, now.tokens - was.tokens,
            now.successes - was.successes, now.failures - was.failures)::counted_call);
        return null;
    end if;
    if was.org_id is not null then
        perform take_back_count(was);
    end if;
    if now.org_id is not null then
        perform add_count(now);
    end if;
    return null;
end
$$;
revoke all on function count_call() from public;
--rollback drop function count_call();
