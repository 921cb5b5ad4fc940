--liquibase formatted sql

-- When the caller's organization can be booked, and the bookings of live calls. "Live" appointments are pending, confirmed or in
-- progress, and not deleted; each blocks its time and the buffer after it.

--changeset crm:bookable-people splitStatements:false runOnChange:true
-- The active admins and agents; only those whom the booking rules name, if they name anybody.
create or replace function bookable_people() returns setof uuid language sql stable rows 20 as $$
    select m.id
    from booking_rules_now() rules
    join members m on m.org_id = current_org_id() and m.is_active and m.role in ('admin', 'agent')
    where rules.assignees = '{}' or m.id = any (rules.assignees)
$$;
revoke all on function bookable_people() from public;
grant execute on function bookable_people() to ${schema}_app;
--rollback drop function bookable_people();

--changeset crm:blocking-appointments splitStatements:false runOnChange:true
-- The live appointments that block some of the time between two instants, but for one. The index knows beginnings only: an
-- appointment blocks 28 hours at most, its own 24 and a buffer of 4.
create or replace function blocking_appointments(since timestamptz, until timestamptz, ignoring uuid)
    returns table (assignee_id uuid, blocked tstzrange) language sql stable rows 100 as $$
    select a.assignee_id, a.blocked
    from appointments a
    where a.org_id = current_org_id() and a.deleted_at is null and a.status in ('pending', 'confirmed', 'in_progress')
        and a.scheduled_at < until and a.scheduled_at > since - interval '28 hours'
        and upper(a.blocked) > since and a.id is distinct from ignoring
$$;
revoke all on function blocking_appointments(timestamptz, timestamptz, uuid) from public;
grant execute on function blocking_appointments(timestamptz, timestamptz, uuid) to ${schema}_app;
--rollback drop function blocking_appointments(timestamptz, timestamptz, uuid);

--changeset crm:free-slots splitStatements:false runOnChange:true
-- The slots of so many minutes that begin and end between two instants, lie in open hours, and that a person is free for: of the
-- bookable people, more are free than there are appointments without assignee, or the assignee that is asked for is free. The grid
-- begins with each open stretch, and anew at midnight where one goes on. An appointment that is to be moved blocks nothing.
-- Reads the appointments once: each finds the slots that it blocks by a binary search. A slot's own buffer has 4 hours at most.
-- The planner must see bounds that are no columns, else it reads all appointments; and planning takes longer than the rest, so
-- that the plan is kept.
create or replace function free_slots(since timestamptz, until timestamptz, minutes int, for_assignee uuid, ignoring uuid)
    returns table ("start" timestamptz, "end" timestamptz) language plpgsql stable rows 100
    set plan_cache_mode = force_generic_plan as $$
begin
    return query
    with given as materialized (
        select calendar.time_zone, make_interval(mins => rules.slot_minutes) as step, make_interval(mins => minutes) as length,
            make_interval(mins => minutes + rules.buffer_minutes) as blocks
        from business_calendar() calendar cross join booking_rules_now() rules
    ), days as materialized ( -- from the day before, as clocks may be set back over midnight
        select day at time zone given.time_zone as begins, (day + interval '1 day') at time zone given.time_zone as ends
        from given cross join lateral generate_series(
            date_trunc('day', since at time zone given.time_zone) - interval '1 day',
            until at time zone given.time_zone, interval '1 day') day
    ), open as materialized (
        select lower(stretch) as opens, upper(stretch) as closes
        from open_stretches((select min(begins) from days), until) stretch
    ), grid as materialized (
        select coalesce(array_agg(slot order by slot), '{}') as slots
        from given cross join days join open on open.opens < days.ends and open.closes > days.begins
        cross join lateral generate_series(greatest(open.opens, days.begins),
            least(open.closes - given.length, until - given.length, days.ends - interval '1 microsecond'), given.step) slot
        where slot >= since
    ), people as materialized (
        select person from bookable_people() person
    ), taken as (
        select place, count(distinct a.assignee_id) filter (where a.assignee_id in (select person from people)) as busy,
            count(*) filter (where a.assignee_id is null) as unassigned,
            coalesce(bool_or(a.assignee_id = for_assignee), false) as is_asked_for
        from given
        cross join lateral blocking_appointments(since, until + interval '4 hours', ignoring) a
        cross join lateral generate_series(
            width_bucket(lower(a.blocked) - given.blocks, (select slots from grid)) + 1,
            width_bucket(upper(a.blocked) - interval '1 microsecond', (select slots from grid))) place
        group by place
    )
    select slot.begins, slot.begins + given.length
    from given cross join grid
    cross join lateral unnest(grid.slots) with ordinality slot (begins, place)
    left join taken on taken.place = slot.place
    where not coalesce(taken.is_asked_for, false)
        and case when for_assignee is null or for_assignee in (select person from people)
            then (select count(*) from people) > coalesce(taken.busy + taken.unassigned, 0)
            else exists (select from members m where m.org_id = current_org_id() and m.id = for_assignee and m.is_active) end
    order by slot.begins;
end
$$;
revoke all on function free_slots(timestamptz, timestamptz, int, uuid, uuid) from public;
grant execute on function free_slots(timestamptz, timestamptz, int, uuid, uuid) to ${schema}_app;
--rollback drop function free_slots(timestamptz, timestamptz, int, uuid, uuid);

--changeset crm:available-slots splitStatements:false runOnChange:true
-- The first free slots between two instants that the booking rules offer: from the minimum notice to the horizon. A null is no bound.
-- Looks at two days first, and then at twice as many each time, as the first slots are mostly near.
create or replace function available_slots(
    since timestamptz, until timestamptz, minutes int, for_assignee uuid, at_most int, ignoring uuid default null)
    returns table ("start" timestamptz, "end" timestamptz) language plpgsql stable rows 50 as $$
declare
    begins timestamptz;
    ends timestamptz;
    latest timestamptz;
    hours int := 48;
    wanted int := at_most;
    found_slots int;
begin
    select greatest(since, now() + make_interval(mins => rules.minimum_notice_minutes)),
        least(until, now() + make_interval(hours => 24 * rules.horizon_days))
    into begins, latest from booking_rules_now() rules;
    while begins < latest and (wanted is null or wanted > 0) loop
        ends := begins + make_interval(hours => hours);
        return query
        select slot."start", slot."end"
        from free_slots(begins, least(ends + make_interval(mins => minutes), latest), minutes, for_assignee, ignoring) slot
        where slot."start" < ends order by slot."start" limit wanted;
        get diagnostics found_slots = row_count;
        wanted := wanted - found_slots;
        begins := ends;
        hours := hours * 2;
    end loop;
end
$$;
revoke all on function available_slots(timestamptz, timestamptz, int, uuid, int, uuid) from public;
grant execute on function available_slots(timestamptz, timestamptz, int, uuid, int, uuid) to ${schema}_app;
--rollback drop function available_slots(timestamptz, timestamptz, int, uuid, int, uuid);

--changeset crm:alternative-slots splitStatements:false runOnChange:true
-- Up to three free slots for a time that is not free, in order: the nearest ones from a day before to two days after it, or, of
-- fewer than three, to 14 days after it; without any, the first ones from now on.
create or replace function alternative_slots(wanted timestamptz, minutes int, for_assignee uuid, ignoring uuid)
    returns table ("start" timestamptz, "end" timestamptz) language plpgsql stable rows 3 as $$
declare
    near timestamptz[];
    hours int;
begin
    foreach hours in array array[48, 336] loop
        near := array(
            select slot."start"
            from available_slots(
                wanted - interval '24 hours', wanted + make_interval(hours => hours), minutes, for_assignee, null, ignoring) slot
            order by abs(extract(epoch from slot."start" - wanted)), slot."start" limit 3);
        exit when cardinality(near) = 3;
    end loop;
    if near = '{}' then
        near := array(select slot."start" from available_slots(null, null, minutes, for_assignee, 3, ignoring) slot);
    end if;
    return query
    select begins, begins + make_interval(mins => minutes) from unnest(near) begins order by begins;
end
$$;
revoke all on function alternative_slots(timestamptz, int, uuid, uuid) from public;
grant execute on function alternative_slots(timestamptz, int, uuid, uuid) to ${schema}_app;
--rollback drop function alternative_slots(timestamptz, int, uuid, uuid);

--changeset crm:free-people splitStatements:false runOnChange:true
-- The bookable people who are free, those with the fewest bookings of that local day first. None where as many appointments have
-- no assignee yet: each takes one of them.
create or replace function free_people(starts timestamptz, minutes int, ignoring uuid) returns setof uuid
    language sql stable rows 10 as $$
    with day as materialized (
        select date_trunc('day', starts at time zone calendar.time_zone) at time zone calendar.time_zone as begins,
            (date_trunc('day', starts at time zone calendar.time_zone) + interval '1 day') at time zone calendar.time_zone as ends
        from business_calendar() calendar
    ), blocking as materialized (
        select a.assignee_id
        from booking_rules_now() rules
        join blocking_appointments(starts, starts + make_interval(mins => minutes + 240), ignoring) a
            on lower(a.blocked) < starts + make_interval(mins => minutes + rules.buffer_minutes)
    ), free as materialized (
        select person from bookable_people() person
        where not exists (select from blocking where blocking.assignee_id = person)
    )
    select free.person
    from free cross join day
    cross join lateral (
        select count(*) as bookings from appointments a
        where a.org_id = current_org_id() and a.assignee_id = free.person and a.deleted_at is null and a.status <> 'cancelled'
            and a.scheduled_at >= day.begins and a.scheduled_at < day.ends and a.id is distinct from ignoring) that_day
    where (select count(*) from free) > (select count(*) from blocking where blocking.assignee_id is null)
    order by that_day.bookings, free.person
$$;
revoke all on function free_people(timestamptz, int, uuid) from public;
grant execute on function free_people(timestamptz, int, uuid) to ${schema}_app;
--rollback drop function free_people(timestamptz, int, uuid);

--changeset crm:book-free-person splitStatements:false runOnChange:true
-- Books a slot that is on offer with the free person who has the fewest bookings that day; with the next one where another
-- transaction has taken that person meanwhile. Answers the appointment; null where the slot is not, or no longer, on offer.
create or replace function book_free_person(contact uuid, service text, starts timestamptz, minutes int, note text) returns uuid
    language plpgsql as $$
declare
    org constant uuid := current_org_id();
    person uuid;
    booked uuid;
begin
    -- Two bookings of different people meet in no constraint, but may both count on the one person who is left beside appointments
    -- without assignee: then they take turns.
    if exists (select from blocking_appointments(starts, starts + make_interval(mins => minutes), null) a where a.assignee_id is null) then
        perform lock_schedules(array[org]);
    end if;
    if not exists (select from available_slots(starts, starts + make_interval(mins => minutes), minutes, null, 1)) then
        return null;
    end if;
    for attempt in 1..20 loop
        person := (select free from free_people(starts, minutes, null) free limit 1); -- sees what others have committed by now
        exit when person is null;
        insert into appointments (org_id, contact_id, service_type, scheduled_at, duration_minutes, assignee_id, notes)
        values (org, contact, service, starts, minutes, person, note)
        on conflict do nothing
        returning id into booked;
        exit when booked is not null;
    end loop;
    return booked;
end
$$;
revoke all on function book_free_person(uuid, text, timestamptz, int, text) from public;
grant execute on function book_free_person(uuid, text, timestamptz, int, text) to ${schema}_app;
--rollback drop function book_free_person(uuid, text, timestamptz, int, text);

--changeset crm:move-to-free-person splitStatements:false runOnChange:true
-- Moves a pending or confirmed appointment to a slot that is on offer, with its assignee if free, else with another free person.
-- Answers who has it then; null where the slot is not on offer, or the appointment cannot be moved. Locks the row first and then
-- the schedules, as the trigger schedule_appointment does.
create or replace function move_to_free_person(appointment uuid, starts timestamptz, minutes int) returns uuid
    language plpgsql as $$
declare
    org constant uuid := current_org_id();
    known appointments;
    people uuid[];
    person uuid;
begin
    select * into known from appointments a
    where a.org_id = org and a.id = appointment and a.deleted_at is null and a.status in ('pending', 'confirmed')
    for update;
    if not found then
        return null;
    end if;
    people := array(select free from free_people(starts, minutes, appointment) free limit 10) || known.assignee_id;
    perform lock_schedules(people || org);
    if not exists (
        select from available_slots(starts, starts + make_interval(mins => minutes), minutes, null, 1, appointment)) then
        return null;
    end if;
    for person in
        select free.person from free_people(starts, minutes, appointment) with ordinality free (person, place)
        where free.person = any (people)
        order by free.person is distinct from known.assignee_id, free.place
    loop
        begin
            update appointments a set scheduled_at = starts, duration_minutes = minutes, assignee_id = person
            where a.org_id = org and a.id = appointment;
            return person;
        exception when exclusion_violation then
            null; -- a booking, which takes no lock, was faster
        end;
    end loop;
    return null;
end
$$;
revoke all on function move_to_free_person(uuid, timestamptz, int) from public;
grant execute on function move_to_free_person(uuid, timestamptz, int) to ${schema}_app;
--rollback drop function move_to_free_person(uuid, timestamptz, int);
