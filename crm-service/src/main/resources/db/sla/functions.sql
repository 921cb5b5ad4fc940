--liquibase formatted sql

--changeset crm:sla-policies-now splitStatements:false runOnChange:true
-- The policies of the current organization, always four. The version is 0 as long as one was never changed.
create or replace function sla_policies_now()
    returns table (priority ticket_priority, first_response_minutes int, resolution_minutes int, version int)
    language sql stable rows 4 as $$
    select usual.priority, coalesce(p.first_response_minutes, usual.first_response_minutes),
        coalesce(p.resolution_minutes, usual.resolution_minutes), coalesce(p.version, 0)
    from (values
            ('urgent'::ticket_priority, 60, 480),
            ('high', 240, 1440),
            ('medium', 480, 2880),
            ('low', 1440, 5760)) as usual (priority, first_response_minutes, resolution_minutes)
    left join sla_policies p on p.org_id = (select current_org_id()) and p.priority = usual.priority
$$;
--rollback drop function sla_policies_now();

--changeset crm:open-hours splitStatements:false runOnChange:true
-- The open time of a range as one value; all of it where the organization has no hours at all.
create or replace function open_hours(during tstzrange) returns tstzmultirange language plpgsql stable strict as $$
declare
    hours tstzmultirange;
begin
    select range_agg(s) into hours from open_stretches(lower(during), upper(during)) s;
    return case when hours is not null then hours when has_business_hours() then '{}' else tstzmultirange(during) end;
end
$$;
--rollback drop function open_hours(tstzrange);

--changeset crm:time-after-open-minutes splitStatements:false runOnChange:true
-- When so many minutes of the given stretches have passed, and of open time after their end. Null where ten years have less.
create or replace function time_after_open_minutes(stretches tstzmultirange, known_until timestamptz, minutes int)
    returns timestamptz language plpgsql stable strict as $$
declare
    wanted numeric := minutes * 60; -- seconds
    stretch tstzrange;
    found_seconds numeric;
begin
    for stretch in select unnest(stretches) loop -- in order
        found_seconds := extract(epoch from upper(stretch) - lower(stretch));
        if found_seconds >= wanted then
            return lower(stretch) + make_interval(secs => wanted::float8);
        end if;
        wanted := wanted - found_seconds;
    end loop;
    return add_open_time(known_until, make_interval(secs => wanted::float8));
end
$$;
--rollback drop function time_after_open_minutes(tstzmultirange, timestamptz, int);

--changeset crm:sla-due-times splitStatements:false runOnChange:true
-- When a ticket's first response and its resolution are due, by today's hours from its creation on. Pauses count for the
-- resolution alone. Hours are looked up anew unless those that are given cover the ticket.
create or replace function sla_due_times(
    since timestamptz, pauses tstzmultirange, first_response_minutes int, resolution_minutes int,
    known tstzrange, hours tstzmultirange, out first_response_due_at timestamptz, out resolution_due_at timestamptz)
    language plpgsql stable as $$
begin
    if not known @> tstzrange(since, greatest(since, upper(pauses)), '[]') then
        known := tstzrange(since, greatest(since + interval '672 hours', upper(pauses)));
        hours := open_hours(known);
    end if;
    hours := hours * tstzmultirange(tstzrange(since, upper(known)));
    first_response_due_at := time_after_open_minutes(hours, upper(known), first_response_minutes);
    resolution_due_at := time_after_open_minutes(hours - pauses, upper(known), resolution_minutes);
end
$$;
--rollback drop function sla_due_times(timestamptz, tstzmultirange, int, int, tstzrange, tstzmultirange);

--changeset crm:pauses-of-ticket splitStatements:false runOnChange:true
create or replace function pauses_of_ticket(org uuid, ticket uuid) returns tstzmultirange language plpgsql stable as $$
begin
    return coalesce(
        (select range_agg(tstzrange(p.started_at, p.ended_at)) from ticket_pauses p
        where p.org_id = org and p.ticket_id = ticket), '{}');
end
$$;
--rollback drop function pauses_of_ticket(uuid, uuid);

--changeset crm:keep-ticket-sla splitStatements:false runOnChange:true
-- Writes down the pauses of a ticket and when it is due: when it is created, goes on or is reopened, or gets another priority. A
-- clock that has stopped stays as it was: that of the first response by the answer, both by the end. Runs as the owner: no one else
-- writes pauses.
create or replace function keep_ticket_sla() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    org_before constant text := current_setting('app.org_id', true);
    due record;
begin
    if new.status in ('pending', 'resolved', 'closed') then
        new.paused_since := coalesce(new.paused_since, case tg_op when 'INSERT' then new.created_at else now() end);
    elsif new.paused_since is not null then
        if new.paused_since < now() then
            insert into ticket_pauses (org_id, ticket_id, started_at, ended_at)
            values (new.org_id, new.id, new.paused_since, now());
        end if;
        new.paused_since := null;
    end if;
    if tg_op = 'UPDATE' and (new.status in ('resolved', 'closed')
            or new.priority = old.priority and old.status not in ('pending', 'resolved', 'closed')) then
        return new;
    end if;
    perform set_config('app.org_id', new.org_id::text, true); -- the calendar is the ticket's, not the writer's
    select d.* into due
    from sla_policies_now() p
    cross join lateral sla_due_times(new.created_at, pauses_of_ticket(new.org_id, new.id),
        p.first_response_minutes, p.resolution_minutes, 'empty', '{}') d
    where p.priority = new.priority;
    perform set_config('app.org_id', coalesce(org_before, ''), true);
    if new.first_responded_at is null then
        new.first_response_due_at := due.first_response_due_at;
    end if;
    new.resolution_due_at := due.resolution_due_at;
    return new;
end
$$;
revoke all on function keep_ticket_sla() from public;
--rollback drop function keep_ticket_sla();

--changeset crm:owe-sla-recompute splitStatements:false runOnChange:true
-- Hours or policies have changed: the due times follow in the background, however many tickets there are. The work waits until the
-- transactions have ended that may still go by what was before.
create or replace function owe_sla_recompute() returns trigger language plpgsql as $$
begin
    insert into work (org_id, kind, payload, next_attempt_at)
    values (new.org_id, 'recompute_sla', '{}', now() + interval '15 seconds');
    return null;
end
$$;
--rollback drop function owe_sla_recompute();

--changeset crm:recompute-ticket-sla splitStatements:false runOnChange:true
-- Computes the due times of the next tickets of the current organization that are not resolved, in the order of their ids, at most
-- 500. Answers the last one's id; null where there are no more. The hours are looked up once for all of them. Runs as the owner: the
-- app role has no grant on these columns.
create or replace function recompute_ticket_sla(after_id uuid, at_most int) returns uuid
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    ids uuid[];
    oldest timestamptz;
    known tstzrange;
    hours tstzmultirange;
begin
    select array_agg(t.id order by t.id), min(t.created_at) into ids, oldest
    from (
        select id, created_at from tickets
        where org_id = (select current_org_id()) and status in ('new', 'open', 'pending') and id > after_id
        order by id limit least(at_most, 500) for no key update) t;
    if ids is null then
        return null;
    end if;
    known := tstzrange(least(greatest(oldest, now() - interval '43800 hours'), now()), now() + interval '1344 hours');
    hours := open_hours(known);
    update tickets t
    set first_response_due_at = n.first_response_due_at, resolution_due_at = n.resolution_due_at
    from (
        select c.id, case when c.first_responded_at is null then d.first_response_due_at else c.first_response_due_at end,
            d.resolution_due_at
        from tickets c
        join sla_policies_now() p on p.priority = c.priority
        cross join lateral sla_due_times(c.created_at, pauses_of_ticket(c.org_id, c.id),
            p.first_response_minutes, p.resolution_minutes, known, hours) d
        where c.org_id = (select current_org_id()) and c.id = any (ids)) as n (id, first_response_due_at, resolution_due_at)
    where t.org_id = (select current_org_id()) and t.id = n.id
        and (t.first_response_due_at, t.resolution_due_at) is distinct from (n.first_response_due_at, n.resolution_due_at);
    return ids[cardinality(ids)];
end
$$;
revoke all on function recompute_ticket_sla(uuid, int) from public;
grant execute on function recompute_ticket_sla(uuid, int) to ${schema}_app;
--rollback drop function recompute_ticket_sla(uuid, int);

--changeset crm:notify-of-sla-breach splitStatements:false runOnChange:true
-- Notifies the assigned agent; the members of the team where there is none, or one who is switched off; else the admins.
create or replace function notify_of_sla_breach(ticket tickets, title text, due_at timestamptz) returns void
    language plpgsql as $$
declare
    about constant text := format('#%s %s was due %s', ticket.number, ticket.title, local_text(due_at));
    link constant text := '/api/tickets/' || ticket.id;
begin
    if ticket.assigned_agent_id is not null and create_notification(ticket.assigned_agent_id, null, 'sla_breach', title, about,
            'ticket', ticket.id, 'high', link) <> '{}' then
        return;
    end if;
    if exists (
        with created as materialized (
            select create_notification(m.user_id, null, 'sla_breach', title, about, 'ticket', ticket.id, 'high', link) as ids
            from team_members m where m.org_id = ticket.org_id and m.team_id = ticket.assigned_team_id
        )
        select from (select bool_or(c.ids <> '{}') as any_created from created c) a where a.any_created) then
        return;
    end if;
    perform create_notification(null, array['admin'], 'sla_breach', title, about, 'ticket', ticket.id, 'high', link);
end
$$;
--rollback drop function notify_of_sla_breach(tickets, text, timestamptz);

--changeset crm:stamp-sla-breaches splitStatements:false runOnChange:true
-- Stamps at most 50 clocks that have run out, of all tenants by turns, with the time they were due, and notifies of each once.
-- Answers how many. Tickets that another replica stamps are skipped.
create or replace function stamp_sla_breaches() returns int
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    org_before constant text := current_setting('app.org_id', true);
    due record;
    ticket tickets;
    handled int := 0;
begin
    for due in
        with waiting as (
            (select t.org_id, t.id, true as is_response, t.first_response_due_at as due_at from tickets t
            where t.first_response_due_at <= now() and t.first_response_breached_at is null
                and coalesce(least(t.first_responded_at, t.resolved_at, t.closed_at), 'infinity') > t.first_response_due_at
            order by t.first_response_due_at limit 5000)
            union all
            (select t.org_id, t.id, false, t.resolution_due_at from tickets t
            where t.resolution_due_at <= now() and t.resolution_breached_at is null
                and coalesce(t.paused_since, 'infinity') > t.resolution_due_at
            order by t.resolution_due_at limit 5000)
        ), turns as (
            select w.*, row_number() over (partition by w.org_id order by w.due_at, w.id) as turn
            from waiting w
        )
        select t.org_id, t.id, t.is_response, t.due_at from turns t order by t.turn, t.due_at limit 50
    loop
        perform set_config('app.org_id', due.org_id::text, true);
        select t.* into ticket from tickets t
        where t.org_id = due.org_id and t.id = due.id for no key update skip locked;
        continue when not found
            or case when due.is_response then ticket.first_response_due_at else ticket.resolution_due_at end
                is distinct from due.due_at; -- computed anew meanwhile
        if due.is_response then
            update tickets t set first_response_breached_at = due.due_at
            where t.org_id = due.org_id and t.id = due.id and t.first_response_breached_at is null
                and coalesce(least(t.first_responded_at, t.resolved_at, t.closed_at), 'infinity') > t.first_response_due_at;
        else
            update tickets t set resolution_breached_at = due.due_at
            where t.org_id = due.org_id and t.id = due.id and t.resolution_breached_at is null
                and coalesce(t.paused_since, 'infinity') > t.resolution_due_at;
        end if;
        continue when not found; -- stopped meanwhile
        handled := handled + 1;
        begin
            perform notify_of_sla_breach(ticket,
                case when due.is_response then 'First response overdue' else 'Resolution overdue' end, due.due_at);
        exception when others then -- one organization's fault holds up no other; what passes is tried again, with all of the step
            if sqlstate ~ '^(40|53|55|57)' then
                raise;
            end if;
            raise warning 'no notification of the breach of ticket %: %', due.id, sqlstate;
        end;
    end loop;
    perform set_config('app.org_id', coalesce(org_before, ''), true);
    return handled;
end
$$;
revoke all on function stamp_sla_breaches() from public;
grant execute on function stamp_sla_breaches() to ${schema}_app;
--rollback drop function stamp_sla_breaches();
