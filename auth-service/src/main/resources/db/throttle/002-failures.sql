--liquibase formatted sql

--changeset auth:throttle-002-open
-- Attempts of which it is not known yet whether they fail. They take up room like failures, so that no more are looked at
-- than may fail; but they close nothing until they do. One of which nothing is heard for 15 seconds has failed.
alter table login_attempts add column open timestamptz[] not null default '{}';
--rollback alter table login_attempts drop column open;

--changeset auth:throttle-002-standing splitStatements:false
-- Of a counter at a moment: what has failed within the window, what is open, and how many waits there were since it was quiet.
create function standing(a login_attempts, seconds int, moment timestamptz, out failed int, out stale int, out open int, out waits int)
    language sql immutable as $$
    select (select count(*)::int from unnest(a.recent) t where t > moment - make_interval(secs => seconds)) - n.open,
        cardinality(a.open) - n.open, n.open,
        case when a.closed_until < moment - make_interval(secs => seconds) then 0 else a.waits end
    from (select count(*)::int as open from unnest(a.open) t where t > moment - interval '15 seconds') n
$$;
revoke all on function standing(login_attempts, int, timestamptz) from public;
--rollback drop function standing(login_attempts, int, timestamptz);

--changeset auth:throttle-002-closed splitStatements:false rollbackSplitStatements:false
-- Which of the limits is closed at a moment, and for how many seconds; the longest of them, none if all are open. 0: it has no
-- room for one more until it is known what becomes of those that are open, which is a matter of moments.
-- A limit: {scope, key (hex), most, window (seconds), wait and longest (seconds; absent: until the window has room),
-- stop (in a row; absent: never), lenient (true: counted, but does not refuse)}.
create or replace function closed_limit(limits jsonb, moment timestamptz) returns table (scope attempt_scope, seconds int)
    language sql stable set search_path = auth, pg_temp as $$
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
        cross join standing(a, l."window", moment) s
        where l.lenient is not true) c
    where c.seconds is not null order by c.seconds desc, c.scope limit 1
$$;
--rollback create or replace function closed_limit(limits jsonb, moment timestamptz) returns table (scope attempt_scope, seconds int)
--rollback     language sql stable set search_path = auth, pg_temp as $$
--rollback     select c.scope, c.seconds from (
--rollback         select l.scope, case
--rollback             when a.in_a_row >= l.stop then 3600
--rollback             when a.closed_until > moment then ceil(extract(epoch from a.closed_until - moment))
--rollback             -- The window has no room while the last but so many is still in it.
--rollback             when l.wait is null then ceil(extract(epoch from
--rollback                 a.recent[cardinality(a.recent) - l.most + 1] + make_interval(secs => l."window") - moment))
--rollback             else 0 end::int as seconds
--rollback         from jsonb_to_recordset(limits)
--rollback             as l (scope attempt_scope, key text, most int, "window" int, wait int, stop int, lenient boolean)
--rollback         join login_attempts a on a.scope = l.scope and a.key = decode(l.key, 'hex')
--rollback         where l.lenient is not true) c
--rollback     where c.seconds > 0 order by c.seconds desc, c.scope limit 1
--rollback $$;
--rollback revoke all on function closed_limit(jsonb, timestamptz) from public;

--changeset auth:throttle-002-failed splitStatements:false
-- A counter after some of its open attempts have failed: it closes where they were too many, or one after an earlier wait.
create function failed(a login_attempts, failures timestamptz[], l jsonb, moment timestamptz) returns login_attempts
    language plpgsql immutable set search_path = auth, pg_temp as $$
declare
    s record;
begin
    a.open := array(select t from unnest(a.open) t where t <> all (failures));
    a.in_a_row := a.in_a_row + cardinality(failures);
    select * into s from standing(a, (l ->> 'window')::int, moment);
    if (l ->> 'wait')::int is not null and (s.failed >= (l ->> 'most')::int or s.waits > 0) then
        a.closed_until := moment
            + make_interval(secs => least((l ->> 'wait')::int * 2 ^ least(s.waits, 20), (l ->> 'longest')::int));
        a.waits := s.waits + 1;
    end if;
    return a;
end
$$;
revoke all on function failed(login_attempts, timestamptz[], jsonb, timestamptz) from public;
--rollback drop function failed(login_attempts, timestamptz[], jsonb, timestamptz);

--changeset auth:throttle-002-reserve splitStatements:false rollbackSplitStatements:false
-- Counts one attempt against every limit named, or against none if one of them is closed. Counting before checking, with
-- the rows locked, makes it exact however many try at once and through whichever replica.
create or replace function reserve_attempt(limits jsonb, out reserved_at timestamptz, out refused attempt_scope, out retry_after int)
    language plpgsql security definer set search_path = auth, pg_temp as $$
declare
    l record;
    a login_attempts;
    stale timestamptz[];
begin
    -- A flood of refused attempts costs reads only.
    select c.scope, c.seconds into refused, retry_after from closed_limit(limits, clock_timestamp()) c;
    if refused is not null then
        return;
    end if;
    -- Always in the same order, so that two attempts never wait for each other.
    for l in select x.scope, decode(x.key, 'hex') as key from jsonb_to_recordset(limits) as x (scope attempt_scope, key text)
        order by 1, 2
    loop
        insert into login_attempts as t (scope, key) values (l.scope, l.key)
            on conflict (scope, key) do update set updated_at = clock_timestamp();
    end loop;
    reserved_at := clock_timestamp();
    for l in select x.value as json, x.value ->> 'scope' as scope, decode(x.value ->> 'key', 'hex') as key
        from jsonb_array_elements(limits) x
    loop
        select * into a from login_attempts t where t.scope = l.scope::attempt_scope and t.key = l.key;
        stale := array(select t from unnest(a.open) t where t <= reserved_at - interval '15 seconds');
        if cardinality(stale) > 0 then
            a := failed(a, stale, l.json, (select max(t) from unnest(stale) t) + interval '15 seconds');
            update login_attempts t set open = a.open, in_a_row = a.in_a_row, closed_until = a.closed_until, waits = a.waits
            where t.scope = a.scope and t.key = a.key;
        end if;
    end loop;
    select c.scope, c.seconds into refused, retry_after from closed_limit(limits, reserved_at) c;
    if refused is not null then
        reserved_at := null;
        return;
    end if;
    for l in select x.*, decode(x.key, 'hex') as id
        from jsonb_to_recordset(limits) as x (scope attempt_scope, key text, most int, "window" int, wait int)
    loop
        select * into a from login_attempts t where t.scope = l.scope and t.key = l.id;
        a.recent := array(select t from unnest(a.recent) t where t > reserved_at - make_interval(secs => l."window") order by t)
            || reserved_at;
        update login_attempts t
        set recent = a.recent[greatest(cardinality(a.recent) - l.most - 20, 1):],
            open = case when l.wait is null then a.open else a.open || reserved_at end
        where t.scope = l.scope and t.key = l.id;
    end loop;
end
$$;
--rollback create or replace function reserve_attempt(limits jsonb, out reserved_at timestamptz, out refused attempt_scope, out retry_after int)
--rollback     language plpgsql security definer set search_path = auth, pg_temp as $$
--rollback declare
--rollback     l record;
--rollback     a login_attempts;
--rollback begin
--rollback     -- A flood of refused attempts costs reads only.
--rollback     select c.scope, c.seconds into refused, retry_after from closed_limit(limits, clock_timestamp()) c;
--rollback     if refused is not null then
--rollback         return;
--rollback     end if;
--rollback     -- Always in the same order, so that two attempts never wait for each other.
--rollback     for l in select x.scope, decode(x.key, 'hex') as key from jsonb_to_recordset(limits) as x (scope attempt_scope, key text)
--rollback         order by 1, 2
--rollback     loop
--rollback         insert into login_attempts as t (scope, key) values (l.scope, l.key)
--rollback             on conflict (scope, key) do update set updated_at = clock_timestamp();
--rollback     end loop;
--rollback     select c.scope, c.seconds into refused, retry_after from closed_limit(limits, clock_timestamp()) c;
--rollback     if refused is not null then
--rollback         return;
--rollback     end if;
--rollback     reserved_at := clock_timestamp();
--rollback     for l in select x.*, decode(x.key, 'hex') as id from jsonb_to_recordset(limits)
--rollback         as x (scope attempt_scope, key text, most int, "window" int, wait int, longest int)
--rollback     loop
--rollback         select * into a from login_attempts t where t.scope = l.scope and t.key = l.id;
--rollback         a.recent := array(select t from unnest(a.recent) t where t > reserved_at - make_interval(secs => l."window") order by t)
--rollback             || reserved_at;
--rollback         if a.closed_until < reserved_at - make_interval(secs => l."window") then
--rollback             a.waits := 0;
--rollback         end if;
--rollback         if l.wait is not null and (cardinality(a.recent) >= l.most or a.waits > 0) then
--rollback             a.closed_until := reserved_at + make_interval(secs => least(l.wait * 2 ^ least(a.waits, 20), l.longest));
--rollback             a.closed_by := reserved_at;
--rollback             a.waits := a.waits + 1;
--rollback         end if;
--rollback         update login_attempts t
--rollback         set recent = a.recent[greatest(cardinality(a.recent) - l.most - 20, 1):], in_a_row = t.in_a_row + 1, waits = a.waits,
--rollback             closed_until = a.closed_until, closed_by = a.closed_by
--rollback         where t.scope = l.scope and t.key = l.id;
--rollback     end loop;
--rollback end
--rollback $$;
--rollback revoke all on function reserve_attempt(jsonb) from public;
--rollback grant execute on function reserve_attempt(jsonb) to auth_app;

--changeset auth:throttle-002-return splitStatements:false rollbackSplitStatements:false
-- Takes back one's own attempt, because it succeeded or was never checked; not what others did at the same address.
-- A success also ends the row of failures, and clears the counters of whom it was about: those marked "cleared".
create or replace function return_attempt(limits jsonb, reserved timestamptz, succeeded boolean) returns void
    language plpgsql security definer set search_path = auth, pg_temp as $$
declare
    l record;
begin
    for l in select x.scope, decode(x.key, 'hex') as key, x.cleared
        from jsonb_to_recordset(limits) as x (scope attempt_scope, key text, cleared boolean) order by 1, 2
    loop
        if succeeded and l.cleared then
            delete from login_attempts t where t.scope = l.scope and t.key = l.key;
        else
            update login_attempts t
            set recent = array_remove(t.recent, reserved), open = array_remove(t.open, reserved),
                in_a_row = case when succeeded then 0 else t.in_a_row end
            where t.scope = l.scope and t.key = l.key and reserved = any (t.recent);
        end if;
    end loop;
end
$$;
--rollback create or replace function return_attempt(limits jsonb, reserved timestamptz, succeeded boolean) returns void
--rollback     language plpgsql security definer set search_path = auth, pg_temp as $$
--rollback declare
--rollback     l record;
--rollback begin
--rollback     for l in select x.scope, decode(x.key, 'hex') as key, x.cleared
--rollback         from jsonb_to_recordset(limits) as x (scope attempt_scope, key text, cleared boolean) order by 1, 2
--rollback     loop
--rollback         if succeeded and l.cleared then
--rollback             delete from login_attempts t where t.scope = l.scope and t.key = l.key;
--rollback         else
--rollback             update login_attempts t
--rollback             set recent = array_remove(t.recent, reserved),
--rollback                 in_a_row = greatest(t.in_a_row - 1, 0),
--rollback                 waits = t.waits - case when t.closed_by = reserved then 1 else 0 end,
--rollback                 closed_until = case when t.closed_by = reserved then reserved else t.closed_until end,
--rollback                 closed_by = nullif(t.closed_by, reserved)
--rollback             where t.scope = l.scope and t.key = l.key and reserved = any (t.recent);
--rollback         end if;
--rollback     end loop;
--rollback end
--rollback $$;
--rollback revoke all on function return_attempt(jsonb, timestamptz, boolean) from public;
--rollback grant execute on function return_attempt(jsonb, timestamptz, boolean) to auth_app;

--changeset auth:throttle-002-fail splitStatements:false
-- Says that an attempt has failed, and tells what that has closed, if anything: [{scope, until (null: till somebody opens it),
-- orgId (of the limit's "slug", where somebody has it)}].
create function fail_attempt(limits jsonb, reserved timestamptz) returns jsonb
    language plpgsql security definer set search_path = auth, pg_temp as $$
declare
    l record;
    a login_attempts;
    closed jsonb := '[]';
    until timestamptz;
    moment constant timestamptz := clock_timestamp();
begin
    for l in select x.*, y.value as json, decode(x.key, 'hex') as id
        from jsonb_array_elements(limits) y,
            jsonb_to_record(y.value) as x (scope attempt_scope, key text, most int, "window" int, wait int, stop int, slug text)
        order by x.scope, x.key
    loop
        select * into a from login_attempts t where t.scope = l.scope and t.key = l.id for update;
        until := null;
        if reserved = any (a.open) then
            a := failed(a, array[reserved], l.json, moment);
            update login_attempts t set open = a.open, in_a_row = a.in_a_row, closed_until = a.closed_until, waits = a.waits
            where t.scope = a.scope and t.key = a.key;
            until := case when a.in_a_row >= l.stop then 'infinity' when a.closed_until > moment then a.closed_until end;
        elsif l.wait is null and (select count(*) from unnest(a.recent) t where t <= reserved) = l.most then
            until := a.recent[1] + make_interval(secs => l."window");
        end if;
        if until is not null then
            closed := closed || jsonb_build_object('scope', l.scope, 'until', nullif(until, 'infinity'),
                'orgId', (select s.org_id from directory_slugs s where s.key = l.slug));
        end if;
    end loop;
    return closed;
end
$$;
revoke all on function fail_attempt(jsonb, timestamptz) from public;
grant execute on function fail_attempt(jsonb, timestamptz) to auth_app;
--rollback drop function fail_attempt(jsonb, timestamptz);

--changeset auth:throttle-002-closed-by
-- Now that no function knows it any more.
alter table login_attempts drop column closed_by;
--rollback alter table login_attempts add column closed_by timestamptz;
