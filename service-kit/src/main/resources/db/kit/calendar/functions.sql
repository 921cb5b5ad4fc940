--liquibase formatted sql

-- The business calendar of the current organization: its hours, closures and time zone. PostgreSQL is the only authority on time
-- zones. Times of a day are local; what the functions take and answer are instants.

--changeset kit:function-business-calendar splitStatements:false runOnChange:true
-- Always one row: UTC without hours until the settings have arrived.
create or replace function business_calendar() returns table (time_zone text, business_hours jsonb, closed_days datemultirange)
    language sql stable rows 1 as $$
    select coalesce(s.time_zone, 'UTC'), coalesce(s.business_hours, '{}'), coalesce(
        (select range_agg(daterange((closure ->> 'from')::date, (closure ->> 'to')::date, '[]'))
            from jsonb_array_elements(s.closures) closure), '{}')
    from (values (true)) always
    left join organization_settings s on s.org_id = (select current_org_id()) and s.id = (select current_org_id())
$$;
revoke all on function business_calendar() from public;
grant execute on function business_calendar() to ${schema}_app;
--rollback drop function business_calendar();

--changeset kit:function-weekly-hours splitStatements:false runOnChange:true
-- The stretches of a week, from 1 (monday) to 7; 24:00 closes at the end of the day.
create or replace function weekly_hours(business_hours jsonb) returns table (weekday int, opens interval, closes interval)
    language sql stable strict rows 10 as $$
    select array_position(
            array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'], day.key),
        (stretch ->> 'from')::interval, (stretch ->> 'to')::interval
    from jsonb_each(business_hours) day
    cross join lateral jsonb_array_elements(case jsonb_typeof(day.value) when 'array' then day.value end) stretch
$$;
revoke all on function weekly_hours(jsonb) from public;
grant execute on function weekly_hours(jsonb) to ${schema}_app;
--rollback drop function weekly_hours(jsonb);

--changeset kit:function-has-business-hours splitStatements:false runOnChange:true
create or replace function has_business_hours() returns boolean language sql stable as $$
    select exists (select from business_calendar() calendar cross join lateral weekly_hours(calendar.business_hours))
$$;
revoke all on function has_business_hours() from public;
grant execute on function has_business_hours() to ${schema}_app;
--rollback drop function has_business_hours();

--changeset kit:function-utc-offset-at splitStatements:false runOnChange:true
create or replace function utc_offset_at(zone_name text, moment timestamptz) returns interval
    language sql immutable parallel safe as $$
    select (moment at time zone zone_name) - (moment at time zone 'UTC')
$$;
revoke all on function utc_offset_at(text, timestamptz) from public;
grant execute on function utc_offset_at(text, timestamptz) to ${schema}_app;
--rollback drop function utc_offset_at(text, timestamptz);

--changeset kit:function-utc-offsets splitStatements:false runOnChange:true
-- The parts of a time with one offset each. Looks once in 24 hours, and for the second of a change between two looks that differ:
-- no zone changes its clocks twice in a day.
create or replace function utc_offsets(zone_name text, since timestamptz, until timestamptz)
    returns table (during tstzrange, utc_offset interval) language plpgsql stable strict rows 3 as $$
declare
    begins timestamptz := since;
    known timestamptz := since; -- the offset is the same from begins to here
    ahead timestamptz;
    middle timestamptz;
begin
    if since >= until or not isfinite(since) or not isfinite(until) then
        return;
    end if;
    utc_offset := utc_offset_at(zone_name, since);
    while known < until loop
        ahead := least(known + interval '24 hours', until);
        if utc_offset_at(zone_name, ahead) = utc_offset then
            known := ahead;
        else
            known := date_trunc('second', known);
            ahead := date_trunc('second', ahead);
            while ahead - known > interval '1 second' loop
                middle := date_trunc('second', known + (ahead - known) / 2);
                if utc_offset_at(zone_name, middle) = utc_offset then
                    known := middle;
                else
                    ahead := middle;
                end if;
            end loop;
            during := tstzrange(begins, ahead);
            return next;
            begins := ahead;
            known := ahead;
            utc_offset := utc_offset_at(zone_name, ahead);
        end if;
    end loop;
    if begins < until then
        during := tstzrange(begins, until);
        return next;
    end if;
end
$$;
revoke all on function utc_offsets(text, timestamptz, timestamptz) from public;
grant execute on function utc_offsets(text, timestamptz, timestamptz) to ${schema}_app;
--rollback drop function utc_offsets(text, timestamptz, timestamptz);

--changeset kit:function-open-stretches splitStatements:false runOnChange:true
-- The open time between two instants, in order, merged and clipped; none without hours. Looks at most ten years ahead. An hour that
-- the clocks skip is not open, one that they repeat is open twice. In PL/pgSQL, which keeps its plan: planning takes longer than
-- some weeks do.
create or replace function open_stretches(since timestamptz, until timestamptz) returns setof tstzrange
    language plpgsql stable strict rows 50 as $$
begin
    return query
    with calendar as materialized (
        select time_zone, business_hours, closed_days from business_calendar()
    ), hours as materialized (
        select weekly.weekday, weekly.opens, weekly.closes
        from calendar cross join lateral weekly_hours(calendar.business_hours) weekly
    ), days as (
        select day.starts, part.during, part.utc_offset
        from calendar
        cross join lateral utc_offsets(calendar.time_zone, since, least(until, since + interval '87840 hours')) part
        cross join lateral generate_series(
            date_trunc('day', (lower(part.during) at time zone 'UTC') + part.utc_offset),
            (upper(part.during) at time zone 'UTC') + part.utc_offset,
            interval '1 day') day (starts)
        where not calendar.closed_days @> day.starts::date and exists (select from hours)
    )
    select unnest(range_agg(days.during * tstzrange(
        (days.starts + hours.opens - days.utc_offset) at time zone 'UTC',
        (days.starts + hours.closes - days.utc_offset) at time zone 'UTC')))
    from days join hours on hours.weekday = extract(isodow from days.starts)::int;
end
$$;
revoke all on function open_stretches(timestamptz, timestamptz) from public;
grant execute on function open_stretches(timestamptz, timestamptz) to ${schema}_app;
--rollback drop function open_stretches(timestamptz, timestamptz);

--changeset kit:function-is-open splitStatements:false runOnChange:true
-- False without hours.
create or replace function is_open(moment timestamptz) returns boolean language sql stable strict as $$
    select exists (
        select from business_calendar() calendar
        cross join lateral (select moment at time zone calendar.time_zone) as local (clock)
        cross join lateral weekly_hours(calendar.business_hours) hours
        where isfinite(moment)
            and hours.weekday = extract(isodow from local.clock)::int
            and not calendar.closed_days @> local.clock::date
            and local.clock >= date_trunc('day', local.clock) + hours.opens
            and local.clock < date_trunc('day', local.clock) + hours.closes)
$$;
revoke all on function is_open(timestamptz) from public;
grant execute on function is_open(timestamptz) to ${schema}_app;
--rollback drop function is_open(timestamptz);

--changeset kit:function-add-open-time splitStatements:false runOnChange:true
-- The earliest instant before which so much open time has passed since the start; null where ten years have less of it. Without
-- hours the clock runs always. An amount of days is one of 24 hours each; a negative one is none.
create or replace function add_open_time(start timestamptz, amount interval) returns timestamptz
    language plpgsql stable strict as $$
declare
    wanted numeric := greatest(extract(epoch from amount), 0); -- seconds
    since timestamptz := start;
    hours int := 14 * 24; -- to look at next
    stretch tstzrange;
    found_seconds numeric;
begin
    if wanted = 0 or not has_business_hours() then
        return start + make_interval(secs => wanted::float8);
    end if;
    while since < start + interval '87840 hours' loop
        for stretch in select s from open_stretches(since, since + make_interval(hours => hours)) s order by s loop
            found_seconds := extract(epoch from upper(stretch) - lower(stretch));
            if found_seconds >= wanted then
                return lower(stretch) + make_interval(secs => wanted::float8);
            end if;
            wanted := wanted - found_seconds;
        end loop;
        since := since + make_interval(hours => hours);
        hours := hours * 4;
    end loop;
    return null;
end
$$;
revoke all on function add_open_time(timestamptz, interval) from public;
grant execute on function add_open_time(timestamptz, interval) to ${schema}_app;
--rollback drop function add_open_time(timestamptz, interval);

--changeset kit:function-open-time-between splitStatements:false runOnChange:true
-- The open time from one instant to a later one, in hours and smaller; of at most ten years. Without hours the clock runs always.
create or replace function open_time_between(since timestamptz, until timestamptz) returns interval
    language sql stable strict as $$
    select make_interval(secs => case
        when has_business_hours() then coalesce(
            (select sum(extract(epoch from upper(s) - lower(s))) from open_stretches(since, until) s), 0)
        else greatest(extract(epoch from until) - extract(epoch from since), 0)
        end::float8)
$$;
revoke all on function open_time_between(timestamptz, timestamptz) from public;
grant execute on function open_time_between(timestamptz, timestamptz) to ${schema}_app;
--rollback drop function open_time_between(timestamptz, timestamptz);

--changeset kit:function-local-text splitStatements:false runOnChange:true
-- To be spoken: Tuesday, December 1, 2026 at 3:30 PM. In PL/pgSQL, which keeps its plan.
create or replace function local_text(moment timestamptz) returns text language plpgsql stable strict set enable_seqscan = off as $$
begin
    return to_char(
        moment at time zone (select time_zone from business_calendar()), 'FMDay, FMMonth FMDD, YYYY "at" FMHH12:MI AM');
end
$$;
revoke all on function local_text(timestamptz) from public;
grant execute on function local_text(timestamptz) to ${schema}_app;
--rollback drop function local_text(timestamptz);

--changeset kit:function-local-time splitStatements:false runOnChange:true
-- ISO 8601 of the years 1 to 9999; null for anything else. Without an offset the time is local: one that the clocks skip is as much
-- later, one that they repeat is the second.
create or replace function local_time(given text) returns timestamptz language plpgsql stable strict as $$
declare
    parts text[] := regexp_match(case when length(given) <= 64 then given end,
        '^\s*([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?) ?(Z|z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?\s*$');
    iso text := parts[1] || ' ' || replace(parts[2], ',', '.');
    answer timestamptz;
begin
    if parts is null or not pg_input_is_valid(iso || coalesce(parts[3], 'Z'), 'timestamptz') then
        return null;
    end if;
    answer := case
        when parts[3] is null then iso::timestamp at time zone (select time_zone from business_calendar())
        else (iso || parts[3])::timestamptz
        end;
    return case when answer >= '0001-01-01 00:00Z' and answer < '10000-01-01 00:00Z' then answer end;
end
$$;
revoke all on function local_time(text) from public;
grant execute on function local_time(text) to ${schema}_app;
--rollback drop function local_time(text);

--changeset kit:function-wire-time splitStatements:false runOnChange:true
-- A time as the API writes it: in UTC, with as many decimals as it has.
create or replace function wire_time(moment timestamptz) returns text language sql stable parallel safe as $$
    select rtrim(rtrim(to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z'
$$;
revoke all on function wire_time(timestamptz) from public;
grant execute on function wire_time(timestamptz) to ${schema}_app;
--rollback drop function wire_time(timestamptz);
