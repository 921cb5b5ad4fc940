--liquibase formatted sql

--changeset crm:plan-reminders splitStatements:false runOnChange:true
-- Plans the reminders of an appointment that is booked, moved or restored, by the booking rules. One whose time has passed already
-- is not planned: who books half an hour before needs no reminder a day before.
create or replace function plan_reminders() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        delete from appointment_reminders r
        where r.org_id = new.org_id and r.appointment_id = new.id and r.scheduled_at <> new.scheduled_at;
    end if;
    insert into appointment_reminders (org_id, appointment_id, minutes, scheduled_at, due_at)
    select distinct new.org_id, new.id, m, new.scheduled_at, new.scheduled_at - make_interval(mins => m)
    from booking_rules_now() rules cross join unnest(rules.reminder_minutes) m
    where new.scheduled_at - make_interval(mins => m) > now()
    on conflict do nothing;
    return null;
end
$$;
--rollback drop function plan_reminders();

--changeset crm:replan-reminders splitStatements:false runOnChange:true
-- Plans the reminders of all coming appointments anew by changed booking rules.
create or replace function replan_reminders() returns trigger language plpgsql as $$
begin
    delete from appointment_reminders r where r.org_id = new.org_id and r.minutes <> all (new.reminder_minutes);
    insert into appointment_reminders (org_id, appointment_id, minutes, scheduled_at, due_at)
    select distinct a.org_id, a.id, m, a.scheduled_at, a.scheduled_at - make_interval(mins => m)
    from appointments a cross join unnest(new.reminder_minutes) m
    where a.org_id = new.org_id and a.deleted_at is null and a.scheduled_at > now() and a.status in ('pending', 'confirmed')
        and a.scheduled_at - make_interval(mins => m) > now()
    on conflict do nothing;
    return null;
end
$$;
--rollback drop function replan_reminders();

--changeset crm:remind-of-appointments splitStatements:false runOnChange:true
-- Sends at most 200 reminders that are due, of all tenants by turns, and answers how many it has handled. Each is removed in the
-- transaction that sends it, and those that another replica sends are skipped: none is sent twice, and none is lost. After a time
-- without service only what still makes sense is sent: nothing after the beginning, and of several that are due the nearest to it.
create or replace function remind_of_appointments() returns int
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    org_before constant text := current_setting('app.org_id', true);
    due record;
    appointment appointments;
    handled int := 0;
begin
    for due in
        with waiting as (
            select r.ctid as place, r.org_id, r.appointment_id, r.due_at
            from appointment_reminders r where r.due_at <= now() order by r.due_at limit 10000
        ), turns as (
            select w.place, w.due_at, row_number() over (partition by w.org_id order by w.due_at, w.appointment_id) as turn
            from waiting w order by turn, w.due_at limit 200
        ), taken as (
            delete from appointment_reminders r where r.ctid = any (array(
                select l.ctid from appointment_reminders l where l.ctid = any (array(select t.place from turns t))
                for update skip locked))
            returning r.org_id, r.appointment_id, r.minutes, r.scheduled_at
        )
        select t.org_id, t.appointment_id, t.scheduled_at,
            not exists (
                select from appointment_reminders n -- as before this statement
                where n.org_id = t.org_id and n.appointment_id = t.appointment_id and n.scheduled_at = t.scheduled_at
                    and n.minutes < t.minutes and n.due_at <= now()) as is_nearest
        from taken t
    loop
        handled := handled + 1;
        select a.* into appointment from appointments a
        where a.org_id = due.org_id and a.id = due.appointment_id and a.scheduled_at = due.scheduled_at and a.scheduled_at > now()
            and a.deleted_at is null and a.status in ('pending', 'confirmed');
        if found and due.is_nearest then
            perform set_config('app.org_id', due.org_id::text, true);
            begin
                perform notify_of_appointment(appointment, 'Appointment reminder', 'appointment_reminder');
            exception when others then -- one organization's fault holds up no other; what passes is tried again, with all of the step
                if sqlstate ~ '^(40|53|55|57)' then
                    raise;
                end if;
                raise warning 'no reminder of appointment %: %', due.appointment_id, sqlstate;
            end;
        end if;
    end loop;
    perform set_config('app.org_id', coalesce(org_before, ''), true);
    return handled;
end
$$;
revoke all on function remind_of_appointments() from public;
grant execute on function remind_of_appointments() to ${schema}_app;
--rollback drop function remind_of_appointments();
