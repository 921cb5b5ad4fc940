--liquibase formatted sql

--changeset crm:booking-rules-now splitStatements:false runOnChange:true
-- The rules of the caller's organization: always one row. The version is 0 as long as they were never changed.
create or replace function booking_rules_now()
    returns table (slot_minutes int, buffer_minutes int, minimum_notice_minutes int, horizon_days int, reminder_minutes int[],
        assignees uuid[], version int)
    language sql stable as $$
    select coalesce(r.slot_minutes, 30), coalesce(r.buffer_minutes, 0), coalesce(r.minimum_notice_minutes, 60),
        coalesce(r.horizon_days, 60), coalesce(r.reminder_minutes, '{1440,60}'), coalesce(r.assignees, '{}'), coalesce(r.version, 0)
    from (values (1)) one left join booking_rules r on r.org_id = current_org_id()
$$;
--rollback drop function booking_rules_now();

--changeset crm:lock-schedules splitStatements:false runOnChange:true
-- Locks the schedules of some people of the caller's organization to the end of the transaction, always in the same order. What
-- changes several appointments in one transaction locks the rows first (for update), then all their schedules at once. The app role
-- takes no advisory locks itself, since they fill a table of the whole server: here there are at most 1,024, so two people may
-- rarely share one.
create or replace function lock_schedules(people uuid[]) returns void
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    place int;
begin
    for place in
        select distinct hashtext(current_org_id()::text || p.person) & 1023 from unnest(people) as p (person)
        where p.person is not null order by 1
    loop
        perform pg_advisory_xact_lock(hashtext('${schema}.schedules'), place);
    end loop;
end
$$;
revoke all on function lock_schedules(uuid[]) from public;
grant execute on function lock_schedules(uuid[]) to ${schema}_app;
--rollback drop function lock_schedules(uuid[]);

--changeset crm:schedule-appointment splitStatements:false runOnChange:true
-- Sets the end and the time that is blocked of a new or moved appointment, and counts the changes that calendars must notice. An
-- update that keeps an assignee's time blocked locks the schedule, since two that meet in the exclusion constraint would deadlock.
-- Inserts do without: they say `on conflict do nothing`, which waits for nothing while it holds something.
create or replace function schedule_appointment() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT'
        or (old.scheduled_at, old.duration_minutes) is distinct from (new.scheduled_at, new.duration_minutes) then
        new.ends_at := new.scheduled_at + make_interval(mins => new.duration_minutes);
        new.blocked := tstzrange(new.scheduled_at, new.ends_at + make_interval(mins => coalesce(
            (select r.buffer_minutes from booking_rules r where r.org_id = new.org_id), 0)));
    else
        new.ends_at := old.ends_at;
        new.blocked := old.blocked;
    end if;
    if tg_op = 'UPDATE' then
        new.sequence := old.sequence + ((old.scheduled_at, old.duration_minutes, old.status, old.deleted_at)
            is distinct from (new.scheduled_at, new.duration_minutes, new.status, new.deleted_at))::int;
        if new.assignee_id is not null and new.deleted_at is null and new.status in ('pending', 'confirmed', 'in_progress') then
            perform lock_schedules(array[old.assignee_id, new.assignee_id]);
        end if;
    end if;
    return new;
end
$$;
--rollback drop function schedule_appointment();

--changeset crm:is-appointment-step splitStatements:false runOnChange:true
create or replace function is_appointment_step(before appointment_status, after appointment_status) returns boolean
    language sql immutable parallel safe
    return (before, after) in (
        ('pending', 'confirmed'), ('confirmed', 'in_progress'), ('in_progress', 'completed'),
        ('pending', 'cancelled'), ('confirmed', 'cancelled'), ('confirmed', 'no_show'));
--rollback drop function is_appointment_step(appointment_status, appointment_status);

--changeset crm:keep-appointment-status-legal splitStatements:false runOnChange:true
-- Fails with appointment_status_illegal.
create or replace function keep_appointment_status_legal() returns trigger language plpgsql as $$
begin
    if is_appointment_step(old.status, new.status) then
        return new;
    end if;
    raise exception using errcode = 'SB409', constraint = 'appointment_status_illegal',
        message = format('appointment_status_illegal: an appointment does not go from %s to %s', old.status, new.status);
end
$$;
--rollback drop function keep_appointment_status_legal();

--changeset crm:keep-closed-appointment splitStatements:false runOnChange:true
-- Fails with appointment_closed.
create or replace function keep_closed_appointment() returns trigger language plpgsql as $$
begin
    raise exception using errcode = 'SB409', constraint = 'appointment_closed',
        message = format('appointment_closed: an appointment that is %s keeps its time and its assignee', old.status);
end
$$;
--rollback drop function keep_closed_appointment();

--changeset crm:notify-of-appointment splitStatements:false runOnChange:true
-- Notifies the assignee; the active admins where there is none, or one who is switched off.
create or replace function notify_of_appointment(
    appointment appointments, title text, kind notification_type default 'appointment_booked') returns void language plpgsql as $$
declare
    about constant text := concat_ws(', ',
        (select coalesce(c.name, c.phone, c.email) from contacts c where c.org_id = appointment.org_id and c.id = appointment.contact_id),
        appointment.service_type, local_text(appointment.scheduled_at));
begin
    if current_setting('app.bulk', true) = 'on' then
        return;
    end if;
    if appointment.assignee_id is null or create_notification(appointment.assignee_id, null, kind, title, about,
            'appointment', appointment.id, 'normal', '/api/appointments/' || appointment.id) = '{}' then
        perform create_notification(null, array['admin'], kind, title, about,
            'appointment', appointment.id, 'normal', '/api/appointments/' || appointment.id);
    end if;
end
$$;
--rollback drop function notify_of_appointment(appointments, text, notification_type);

--changeset crm:announce-booking splitStatements:false runOnChange:true
-- A booking makes the contact a booked lead, from whatever step but converted, and is told to whom it concerns.
create or replace function announce_booking() returns trigger language plpgsql as $$
begin
    update contacts c set lead_status = 'booked'
    where c.org_id = new.org_id and c.id = new.contact_id and c.lead_status in ('new', 'contacted', 'qualified', 'lost');
    perform notify_of_appointment(new, 'Appointment booked');
    return null;
end
$$;
--rollback drop function announce_booking();

--changeset crm:announce-change-by-service splitStatements:false runOnChange:true
-- What a live call moves or cancels is told to those whom the booking was told to. Staff know what they do.
create or replace function announce_change_by_service() returns trigger language plpgsql as $$
begin
    if current_role_name() = 'service' and new.deleted_at is null then
        perform notify_of_appointment(new,
            case when old.status is distinct from new.status and new.status = 'cancelled' then 'Appointment cancelled' else 'Appointment moved' end);
    end if;
    return null;
end
$$;
--rollback drop function announce_change_by_service();
