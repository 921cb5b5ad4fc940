--liquibase formatted sql

--changeset crm:take-new-ticket splitStatements:false runOnChange:true
-- The default team takes the new tickets of customers and calls. What staff open is an agent's own, or the admins' to assign. Runs as
-- the owner, since customers do not see teams; the team stays locked, so that the ticket never names one that is being deleted.
create or replace function take_new_ticket() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
begin
    if current_role_name() not in ('admin', 'agent') then
        new.assigned_team_id := (
            select t.id from teams t where t.org_id = new.org_id and t.is_default for key share);
    end if;
    return new;
end
$$;
revoke all on function take_new_ticket() from public;
--rollback drop function take_new_ticket();

--changeset crm:announce-assignment splitStatements:false runOnChange:true
-- Tells the assigned agent, or everybody in the team where the ticket has no agent yet. Runs as the owner, since the one who opens or hands
-- over a ticket may not see who is in the team.
create or replace function announce_assignment() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    people constant uuid[] := case when new.assigned_agent_id is null
        then array(select m.user_id from team_members m where m.org_id = new.org_id and m.team_id = new.assigned_team_id)
        else array[new.assigned_agent_id] end;
    heading constant text := case when new.assigned_agent_id is null
        then (select 'Ticket for ' || t.name from teams t where t.org_id = new.org_id and t.id = new.assigned_team_id)
        else 'Ticket assigned' end;
begin
    if current_setting('app.bulk', true) = 'on' then
        return null;
    end if;
    perform create_notification(p.id, null, 'ticket_assigned', heading, format('#%s: %s', new.number, new.title), 'ticket', new.id,
        case new.priority when 'urgent' then 'urgent' when 'high' then 'high' else 'normal' end::notification_priority,
        '/api/tickets/' || new.id)
    from unnest(people) as p (id);
    return null;
end
$$;
revoke all on function announce_assignment() from public;
--rollback drop function announce_assignment();

--changeset crm:assign-ticket splitStatements:false runOnChange:true
-- Hands a ticket that the caller sees to a person of the staff, or to none, and to a team; a null team is the one that it has. Answers
-- the ticket, which the caller may not see any more: row security lets no one update a row out of their own sight, so this runs as the
-- owner. No row where the caller does not see it. Fails as a foreign key on agentId or teamId does, by its message, too: Hibernate passes
-- on no more.
create or replace function assign_ticket(ticket uuid, agent uuid, team uuid) returns setof tickets
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    org constant uuid := current_org_id();
begin
    perform from tickets t
    where t.org_id = org and t.id = ticket
        and (current_role_name() in ('admin', 'service')
            or current_role_name() = 'agent' and (t.assigned_agent_id = current_user_id()
                or t.assigned_team_id = any (my_teams()) or t.customer_id = current_user_id()))
    for no key update;
    if not found then
        return;
    end if;
    if agent is not null and not exists (
        select from members m where m.org_id = org and m.id = agent and m.is_active and m.role in ('admin', 'agent')) then
        raise exception using errcode = 'foreign_key_violation', constraint = 'agentId',
            message = 'no active admin or agent: violates foreign key constraint "agentId"';
    end if;
    if team is not null then
        perform from teams t where t.org_id = org and t.id = team for key share;
        if not found then
            raise exception using errcode = 'foreign_key_violation', constraint = 'teamId',
                message = 'no such team: violates foreign key constraint "teamId"';
        end if;
    end if;
    update tickets t set assigned_agent_id = agent, assigned_team_id = coalesce(team, t.assigned_team_id)
    where t.org_id = org and t.id = ticket
        and (t.assigned_agent_id, t.assigned_team_id) is distinct from (agent, coalesce(team, t.assigned_team_id));
    return query select t.* from tickets t where t.org_id = org and t.id = ticket;
end
$$;
revoke all on function assign_ticket(uuid, uuid, uuid) from public;
grant execute on function assign_ticket(uuid, uuid, uuid) to ${schema}_app;
--rollback drop function assign_ticket(uuid, uuid, uuid);

--changeset crm:next-in-turn splitStatements:false runOnChange:true
-- Who of a team is next: of the active staff in it who are available and not full, the one with the fewest open tickets of any team, this
-- one not counted; of several the one whose newest ticket is the oldest. Null where there is none.
create or replace function next_in_turn(org uuid, team uuid, ticket uuid) returns uuid language sql stable as $$
    select m.user_id
    from team_members m
    join members p on p.org_id = m.org_id and p.id = m.user_id and p.is_active and p.role in ('admin', 'agent')
    cross join lateral (
        select (select count(*) from tickets t
                where t.org_id = m.org_id and t.assigned_agent_id = m.user_id and t.status = 'new' and t.id <> next_in_turn.ticket)
            + (select count(*) from tickets t
                where t.org_id = m.org_id and t.assigned_agent_id = m.user_id and t.status = 'open' and t.id <> next_in_turn.ticket)
            + (select count(*) from tickets t
                where t.org_id = m.org_id and t.assigned_agent_id = m.user_id and t.status = 'pending' and t.id <> next_in_turn.ticket)
            as tickets,
            (select t.created_at from tickets t
            where t.org_id = m.org_id and t.assigned_agent_id = m.user_id and t.id <> next_in_turn.ticket
            order by t.created_at desc, t.id desc limit 1) as newest) l
    where m.org_id = next_in_turn.org and m.team_id = next_in_turn.team and m.is_available
        and (m.max_open_tickets is null or l.tickets < m.max_open_tickets)
    order by l.tickets, l.newest nulls first, m.user_id
    limit 1
$$;
--rollback drop function next_in_turn(uuid, uuid, uuid);

--changeset crm:assign-ticket-in-turn splitStatements:false runOnChange:true
-- Hands a ticket to a team and to the person in it who is next; where there is none, to the team alone. Else as assign_ticket. One at a
-- time in an organization, since people are in several teams and each must see what the one before gave them; the app role takes no
-- advisory locks itself, see lock_schedules. The ticket is locked first, as other changes of it do.
create or replace function assign_ticket_in_turn(ticket uuid, team uuid) returns setof tickets
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    org constant uuid := current_org_id();
begin
    perform from tickets t where t.org_id = org and t.id = ticket for no key update;
    perform pg_advisory_xact_lock(hashtext('${schema}.turns'), hashtext(org::text) & 1023);
    return query select * from assign_ticket(ticket, next_in_turn(org, team, ticket), team);
end
$$;
revoke all on function assign_ticket_in_turn(uuid, uuid) from public;
grant execute on function assign_ticket_in_turn(uuid, uuid) to ${schema}_app;
--rollback drop function assign_ticket_in_turn(uuid, uuid);

--changeset crm:release-tickets splitStatements:false runOnChange:true
-- Takes at most 1,000 tickets from a team that an admin is about to delete, and answers how many. Runs as the owner, as assign_ticket.
create or replace function release_tickets(team uuid) returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with released as (
        update tickets t set assigned_team_id = null
        where t.org_id = current_org_id() and t.assigned_team_id = team and current_role_name() = 'admin' and t.id = any (array(
            select s.id from tickets s where s.org_id = current_org_id() and s.assigned_team_id = team
            order by s.created_at desc, s.id desc limit 1000))
        returning 1
    )
    select count(*)::int from released
$$;
revoke all on function release_tickets(uuid) from public;
grant execute on function release_tickets(uuid) to ${schema}_app;
--rollback drop function release_tickets(uuid);
