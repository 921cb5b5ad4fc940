--liquibase formatted sql

--changeset auth:function-attempt-counts splitStatements:false runOnChange:true
-- Of a counter at a moment: what has failed within the window, what is open, and how many waits there were since it was quiet.
create or replace function attempt_counts(counter login_attempts, seconds int, moment timestamptz,
        out failed int, out stale int, out open int, out waits int)
    language sql immutable as $$
    select (select count(*)::int from unnest(counter.recent) t where t > moment - make_interval(secs => seconds)) - n.open,
        cardinality(counter.open) - n.open, n.open,
        case when counter.closed_until < moment - make_interval(secs => seconds) then 0 else counter.waits end
    from (select count(*)::int as open from unnest(counter.open) t where t > moment - interval '15 seconds') n
$$;
revoke all on function attempt_counts(login_attempts, int, timestamptz) from public;
--rollback drop function attempt_counts(login_attempts, int, timestamptz);

--changeset auth:function-closed-limit splitStatements:false runOnChange:true
-- Which of the limits is closed at a moment, and for how many seconds; the longest of them, none if all are open. 0: it has no
-- room for one more until it is known what becomes of those that are open, which is a matter of moments.
-- A limit: {scope, key (hex), most, window (seconds), wait and longest (seconds; absent: until the window has room),
-- stop (in a row; absent: never), lenient (true: counted, but does not refuse)}.
create or replace function closed_limit(limits jsonb, moment timestamptz) returns table (scope attempt_scope, seconds int)
    language sql stable set search_path = ${schema}, pg_temp as $$
    select c.scope, c.seconds from (
        select l.scope, case
            when a.in_a_row + s.stale >= l.stop then 3600
            when a.closed_until > moment then ceil(extract(epoch from a.closed_until - moment))
            -- The window has no room while the last but so many is still in it.
            when l.wait is null then nullif(greatest(ceil(extract(epoch from
                a.recent[cardinality(a.recent) - l.most + 1] + make_interval(secs => l."window") - moment)), 0), 0)
            when s.open > 0 and (s.waits > 0 or s.failed + s.open >= l.most or a.in_a_row + s.stale + s.open >= l.stop) then 0
            end::int as seconds
        from jsonb_to_recordset(limits)
            as l (scope attempt_scope, key text, most int, "window" int, wait int, stop int, lenient boolean)
        join login_attempts a on a.scope = l.scope and a.key = decode(l.key, 'hex')
        cross join attempt_counts(a, l."window", moment) s
        where l.lenient is not true) c
    where c.seconds is not null order by c.seconds desc, c.scope limit 1
$$;
revoke all on function closed_limit(jsonb, timestamptz) from public;
--rollback drop function closed_limit(jsonb, timestamptz);

--changeset auth:function-apply-failures splitStatements:false runOnChange:true
-- A counter after some of its open attempts have failed: it closes where they were too many, or one after an earlier wait.
create or replace function apply_failures(counter login_attempts, failures timestamptz[], rule jsonb, moment timestamptz)
    returns login_attempts
    language plpgsql immutable set search_path = ${schema}, pg_temp as $$
declare
    counts record;
begin
    counter.open := array(select t from unnest(counter.open) t where t <> all (failures));
    counter.in_a_row := counter.in_a_row + cardinality(failures);
    select * into counts from attempt_counts(counter, (rule ->> 'window')::int, moment);
    if (rule ->> 'wait')::int is not null and (counts.failed >= (rule ->> 'most')::int or counts.waits > 0) then
        counter.closed_until := moment
            + make_interval(secs => least((rule ->> 'wait')::int * 2 ^ least(counts.waits, 20), (rule ->> 'longest')::int));
        counter.waits := counts.waits + 1;
    end if;
    return counter;
end
$$;
revoke all on function apply_failures(login_attempts, timestamptz[], jsonb, timestamptz) from public;
--rollback drop function apply_failures(login_attempts, timestamptz[], jsonb, timestamptz);

--changeset auth:function-reserve-attempt splitStatements:false runOnChange:true
-- Counts one attempt against every limit named, or against none if one of them is closed. Counting before checking, with
-- the rows locked, makes it exact however many try at once and through whichever replica.
create or replace function reserve_attempt(limits jsonb, out reserved_at timestamptz, out refused attempt_scope, out retry_after int)
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    rule record;
    counter login_attempts;
    stale timestamptz[];
begin
    -- A flood of refused attempts costs reads only.
    select c.scope, c.seconds into refused, retry_after from closed_limit(limits, clock_timestamp()) c;
    if refused is not null then
        return;
    end if;
    -- Always in the same order, so that two attempts never wait for each other.
    for rule in select x.scope, decode(x.key, 'hex') as key from jsonb_to_recordset(limits) as x (scope attempt_scope, key text)
        order by 1, 2
    loop
        insert into login_attempts as t (scope, key) values (rule.scope, rule.key)
            on conflict (scope, key) do update set updated_at = clock_timestamp();
    end loop;
    reserved_at := clock_timestamp();
    for rule in select x.value as json, x.value ->> 'scope' as scope, decode(x.value ->> 'key', 'hex') as key
        from jsonb_array_elements(limits) x
    loop
        select * into counter from login_attempts t where t.scope = rule.scope::attempt_scope and t.key = rule.key;
        stale := array(select t from unnest(counter.open) t where t <= reserved_at - interval '15 seconds');
        if cardinality(stale) > 0 then
            counter := apply_failures(counter, stale, rule.json, (select max(t) from unnest(stale) t) + interval '15 seconds');
            update login_attempts t
            set open = counter.open, in_a_row = counter.in_a_row, closed_until = counter.closed_until, waits = counter.waits
            where t.scope = counter.scope and t.key = counter.key;
        end if;
    end loop;
    select c.scope, c.seconds into refused, retry_after from closed_limit(limits, reserved_at) c;
    if refused is not null then
        reserved_at := null;
        return;
    end if;
    for rule in select x.*, decode(x.key, 'hex') as id
        from jsonb_to_recordset(limits) as x (scope attempt_scope, key text, most int, "window" int, wait int)
    loop
        select * into counter from login_attempts t where t.scope = rule.scope and t.key = rule.id;
        counter.recent := array(select t from unnest(counter.recent) t where t > reserved_at - make_interval(secs => rule."window") order by t)
            || reserved_at;
        update login_attempts t
        set recent = counter.recent[greatest(cardinality(counter.recent) - rule.most - 20, 1):],
            open = case when rule.wait is null then counter.open else counter.open || reserved_at end
        where t.scope = rule.scope and t.key = rule.id;
    end loop;
end
$$;
revoke all on function reserve_attempt(jsonb) from public;
grant execute on function reserve_attempt(jsonb) to ${schema}_app;
--rollback drop function reserve_attempt(jsonb);

--changeset auth:function-return-attempt splitStatements:false runOnChange:true
-- Takes back one's own attempt, because it succeeded or was never checked; not what others did at the same address.
-- A success also ends the row of failures, and clears the counters of whom it was about: those marked "cleared".
create or replace function return_attempt(limits jsonb, reserved timestamptz, succeeded boolean) returns void
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    rule record;
begin
    for rule in select x.scope, decode(x.key, 'hex') as key, x.cleared
        from jsonb_to_recordset(limits) as x (scope attempt_scope, key text, cleared boolean) order by 1, 2
    loop
        if succeeded and rule.cleared then
            delete from login_attempts t where t.scope = rule.scope and t.key = rule.key;
        else
            update login_attempts t
            set recent = array_remove(t.recent, reserved), open = array_remove(t.open, reserved),
                in_a_row = case when succeeded then 0 else t.in_a_row end
            where t.scope = rule.scope and t.key = rule.key and reserved = any (t.recent);
        end if;
    end loop;
end
$$;
revoke all on function return_attempt(jsonb, timestamptz, boolean) from public;
grant execute on function return_attempt(jsonb, timestamptz, boolean) to ${schema}_app;
--rollback drop function return_attempt(jsonb, timestamptz, boolean);

--changeset auth:function-fail-attempt splitStatements:false runOnChange:true
-- Says that an attempt has failed, and tells what that has closed: [{scope, until (null: until an admin unlocks it),
-- orgId (of the organization with the limit's "slug")}].
create or replace function fail_attempt(limits jsonb, reserved timestamptz) returns jsonb
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    rule record;
    counter login_attempts;
    closed jsonb := '[]';
    until timestamptz;
    moment constant timestamptz := clock_timestamp();
begin
    for rule in select x.*, y.value as json, decode(x.key, 'hex') as id
        from jsonb_array_elements(limits) y,
            jsonb_to_record(y.value) as x (scope attempt_scope, key text, most int, "window" int, wait int, stop int, slug text)
        order by x.scope, x.key
    loop
        select * into counter from login_attempts t where t.scope = rule.scope and t.key = rule.id for update;
        until := null;
        if reserved = any (counter.open) then
            counter := apply_failures(counter, array[reserved], rule.json, moment);
            update login_attempts t
            set open = counter.open, in_a_row = counter.in_a_row, closed_until = counter.closed_until, waits = counter.waits
            where t.scope = counter.scope and t.key = counter.key;
            until := case when counter.in_a_row >= rule.stop then 'infinity'
                when counter.closed_until > moment then counter.closed_until end;
        elsif rule.wait is null and (select count(*) from unnest(counter.recent) t where t <= reserved) = rule.most then
            until := counter.recent[1] + make_interval(secs => rule."window");
        end if;
        if until is not null then
            closed := closed || jsonb_build_object('scope', rule.scope, 'until', nullif(until, 'infinity'),
                'orgId', (select s.org_id from directory_slugs s where s.key = rule.slug));
        end if;
    end loop;
    return closed;
end
$$;
revoke all on function fail_attempt(jsonb, timestamptz) from public;
grant execute on function fail_attempt(jsonb, timestamptz) to ${schema}_app;
--rollback drop function fail_attempt(jsonb, timestamptz);

--changeset auth:function-forget-attempts splitStatements:false runOnChange:true
-- Removes at most 1,000 counters that rest and says how many: those of addresses and the like after a day, those of accounts,
-- devices and organizations after 30 days. The latter stay if they are closed until someone opens them.
create or replace function forget_attempts() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with gone as (
        delete from login_attempts where ctid = any (array(
            select ctid from login_attempts
            where scope not in ('account', 'device', 'organization') and updated_at < now() - interval '1 day'
            order by updated_at limit 500 for update skip locked
        ) || array(
            select ctid from login_attempts
            where scope in ('account', 'device', 'organization') and in_a_row < 20 and updated_at < now() - interval '30 days'
            order by updated_at limit 500 for update skip locked))
        returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function forget_attempts() from public;
grant execute on function forget_attempts() to ${schema}_app;
--rollback drop function forget_attempts();
