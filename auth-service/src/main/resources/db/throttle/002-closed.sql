--liquibase formatted sql

--changeset auth:throttle-002-reserve splitStatements:false rollbackSplitStatements:false
-- Counts one attempt against every limit named, or against none if one of them is closed. Counting before checking, with
-- the rows locked, makes it exact however many try at once and through whichever replica.
-- Also tells what the attempt closes, should it fail: {scope, until (null: till somebody opens it)}, none of them as null.
drop function reserve_attempt(jsonb);
create function reserve_attempt(limits jsonb, out reserved_at timestamptz, out refused attempt_scope, out retry_after int,
        out closed jsonb)
    language plpgsql security definer set search_path = auth, pg_temp as $$
declare
    l record;
    a login_attempts;
    until timestamptz;
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
        as x (scope attempt_scope, key text, most int, "window" int, wait int, longest int, stop int)
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
            until := a.closed_until;
        elsif l.wait is null and cardinality(a.recent) = l.most then
            until := a.recent[1] + make_interval(secs => l."window");
        else
            until := null;
        end if;
        if a.in_a_row + 1 >= l.stop then
            until := 'infinity';
        end if;
        if until is not null then
            closed := coalesce(closed, '[]') || jsonb_build_object('scope', l.scope, 'until', nullif(until, 'infinity'));
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
--rollback create function reserve_attempt(limits jsonb, out reserved_at timestamptz, out refused attempt_scope, out retry_after int)
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
