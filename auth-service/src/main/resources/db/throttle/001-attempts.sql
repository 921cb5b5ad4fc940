--liquibase formatted sql

--changeset auth:throttle-001-attempts
-- Failed attempts, and attempts whose outcome is still open: those count as failed until they are given back.
create type attempt_scope as enum ('address', 'account', 'device', 'organization', 'platform', 'signup', 'chosen_pin', 'taken_email');
create table login_attempts (
    scope attempt_scope not null,
    key bytea not null, -- HMAC of the address, e-mail, slug …: this table names nobody
    recent timestamptz[] not null default '{}', -- each attempt within the scope's window, oldest first
    in_a_row int not null default 0,            -- since the last success
    waits int not null default 0,               -- since the last quiet time: each is twice the one before
    closed_until timestamptz,
    closed_by timestamptz,                      -- the attempt that closed it; given back, it opens again
    updated_at timestamptz not null default now(),
    primary key (scope, key)
);
create index login_attempts_age on login_attempts (updated_at);
--rollback drop table login_attempts;
--rollback drop type attempt_scope;

--changeset auth:throttle-001-closed splitStatements:false
-- Which of the limits is closed at a moment, and for how many seconds; the longest of them, none if all are open.
-- A limit: {scope, key (hex), most, window (seconds), wait and longest (seconds; absent: until the window has room),
-- stop (in a row; absent: never), lenient (true: counted, but does not refuse)}.
create function closed_limit(limits jsonb, moment timestamptz) returns table (scope attempt_scope, seconds int)
    language sql stable set search_path = auth, pg_temp as $$
    select c.scope, c.seconds from (
        select l.scope, case
            when a.in_a_row >= l.stop then 3600
            when a.closed_until > moment then ceil(extract(epoch from a.closed_until - moment))
            -- The window has no room while the last but so many is still in it.
            when l.wait is null then ceil(extract(epoch from
                a.recent[cardinality(a.recent) - l.most + 1] + make_interval(secs => l."window") - moment))
            else 0 end::int as seconds
        from jsonb_to_recordset(limits)
            as l (scope attempt_scope, key text, most int, "window" int, wait int, stop int, lenient boolean)
        join login_attempts a on a.scope = l.scope and a.key = decode(l.key, 'hex')
        where l.lenient is not true) c
    where c.seconds > 0 order by c.seconds desc, c.scope limit 1
$$;
revoke all on function closed_limit(jsonb, timestamptz) from public;
--rollback drop function closed_limit(jsonb, timestamptz);

--changeset auth:throttle-001-reserve splitStatements:false
-- Counts one attempt against every limit named, or against none if one of them is closed. Counting before checking, with
-- the rows locked, makes it exact however many try at once and through whichever replica.
create function reserve_attempt(limits jsonb, out reserved_at timestamptz, out refused attempt_scope, out retry_after int)
    language plpgsql security definer set search_path = auth, pg_temp as $$
declare
    l record;
    a login_attempts;
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
    select c.scope, c.seconds into refused, retry_after from closed_limit(limits, clock_timestamp()) c;
    if refused is not null then
        return;
    end if;
    reserved_at := clock_timestamp();
    for l in select x.*, decode(x.key, 'hex') as id from jsonb_to_recordset(limits)
        as x (scope attempt_scope, key text, most int, "window" int, wait int, longest int)
    loop
        select * into a from login_attempts t where t.scope = l.scope and t.key = l.id;
        a.recent := array(select t from unnest(a.recent) t where t > reserved_at - make_interval(secs => l."window") order by t)
            || reserved_at;
        if a.closed_until < reserved_at - make_interval(secs => l."window") then
            a.waits := 0;
        end if;
        if l.wait is not null and (cardinality(a.recent) >= l.most or a.waits > 0) then
            a.closed_until := reserved_at + make_interval(secs => least(l.wait * 2 ^ least(a.waits, 20), l.longest));
            a.closed_by := reserved_at;
            a.waits := a.waits + 1;
        end if;
        update login_attempts t
        set recent = a.recent[greatest(cardinality(a.recent) - l.most - 20, 1):], in_a_row = t.in_a_row + 1, waits = a.waits,
            closed_until = a.closed_until, closed_by = a.closed_by
        where t.scope = l.scope and t.key = l.id;
    end loop;
end
$$;
revoke all on function reserve_attempt(jsonb) from public;
grant execute on function reserve_attempt(jsonb) to auth_app;
--rollback drop function reserve_attempt(jsonb);

--changeset auth:throttle-001-return splitStatements:false
-- Takes back one's own attempt, because it succeeded or was never checked; not what others did at the same address.
-- A success also clears the counters of whom it was about: those marked "cleared".
create function return_attempt(limits jsonb, reserved timestamptz, succeeded boolean) returns void
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
            set recent = array_remove(t.recent, reserved),
                in_a_row = greatest(t.in_a_row - 1, 0),
                waits = t.waits - case when t.closed_by = reserved then 1 else 0 end,
                closed_until = case when t.closed_by = reserved then reserved else t.closed_until end,
                closed_by = nullif(t.closed_by, reserved)
            where t.scope = l.scope and t.key = l.key and reserved = any (t.recent);
        end if;
    end loop;
end
$$;
revoke all on function return_attempt(jsonb, timestamptz, boolean) from public;
grant execute on function return_attempt(jsonb, timestamptz, boolean) to auth_app;
--rollback drop function return_attempt(jsonb, timestamptz, boolean);
