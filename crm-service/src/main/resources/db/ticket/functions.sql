--liquibase formatted sql

--changeset crm:number-ticket splitStatements:false runOnChange:true
-- Gives a new ticket the organization's next number, whatever it came with. The counter's row is locked until the transaction ends,
-- so that numbers have no gaps. Runs as the owner, who alone may count.
create or replace function number_ticket() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
begin
    insert into ticket_numbers as n (org_id, last) values (new.org_id, 1)
    on conflict (org_id) do update set last = n.last + 1
    returning n.last into new.number;
    return new;
end
$$;
revoke all on function number_ticket() from public;
--rollback drop function number_ticket();

--changeset crm:follow-ticket-status splitStatements:false runOnChange:true
-- Any status leads to any other but to new. Keeps the times: resolved_at and closed_at say since when, and reopening clears them.
-- What is closed is resolved too. Fails with ticket_status_illegal.
create or replace function follow_ticket_status() returns trigger language plpgsql as $$
declare
    before constant ticket_status := case when tg_op = 'UPDATE' then old.status end;
begin
    if new.status = 'new' and tg_op = 'UPDATE' then
        raise exception using errcode = 'SB409', constraint = 'ticket_status_illegal',
            message = format('ticket_status_illegal: a ticket does not go from %s to %s', before, new.status);
    end if;
    if new.status in ('resolved', 'closed') then
        new.resolved_at := coalesce(new.resolved_at, now());
        new.closed_at := case when new.status = 'closed' then coalesce(new.closed_at, now()) end;
    elsif before in ('resolved', 'closed') then
        new.resolved_at := null;
        new.closed_at := null;
        new.reopened_count := old.reopened_count + 1;
        new.last_reopened_at := now();
    end if;
    return new;
end
$$;
--rollback drop function follow_ticket_status();

--changeset crm:follow-message splitStatements:false runOnChange:true
-- What a message does to its ticket: the first public one of an agent answers it and opens a new one, a customer's opens one that is
-- pending or resolved. The ticket is locked, so that none slips in while it is being closed. Runs as the owner, since customers do
-- not change tickets. Fails with ticket_closed; what the system notes is taken even then.
create or replace function follow_message() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    ticket tickets;
begin
    if new.type = 'system' then
        return null;
    end if;
    select * into ticket from tickets t where t.org_id = new.org_id and t.id = new.ticket_id for no key update;
    if ticket.status = 'closed' then
        raise exception using errcode = 'SB409', constraint = 'ticket_closed',
            message = 'ticket_closed: a closed ticket takes no messages';
    end if;
    if new.type = 'agent' and not new.is_internal and (ticket.first_responded_at is null or ticket.status = 'new') then
        update tickets t
        set first_responded_at = coalesce(t.first_responded_at, new.created_at),
            status = case when t.status = 'new' then 'open' else t.status end
        where t.org_id = new.org_id and t.id = new.ticket_id;
    elsif new.type = 'customer' and ticket.status in ('pending', 'resolved') then
        update tickets t set status = 'open' where t.org_id = new.org_id and t.id = new.ticket_id;
    end if;
    return null;
end
$$;
revoke all on function follow_message() from public;
--rollback drop function follow_message();

--changeset crm:announce-message splitStatements:false runOnChange:true
-- Tells those whom a message concerns and who did not write it: the customer of what the desk says openly; the assigned agent of
-- all; of a customer's or an assistant's message, where no active agent is assigned, the team, else the admins. Runs as the
-- owner, since the sender may not see who is in the team.
create or replace function announce_message() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    ticket tickets;
    people uuid[];
    title text;
begin
    select * into ticket from tickets t where t.org_id = new.org_id and t.id = new.ticket_id;
    people := array(
        select m.id from members m where m.org_id = ticket.org_id and m.id = ticket.assigned_agent_id and m.is_active);
    if people = '{}' and new.type in ('customer', 'ai') then
        people := array(
            select m.id from team_members t join members m on m.org_id = t.org_id and m.id = t.user_id and m.is_active
            where t.org_id = ticket.org_id and t.team_id = ticket.assigned_team_id);
        if people = '{}' then
            people := array(select m.id from members m where m.org_id = ticket.org_id and m.is_active and m.role = 'admin');
        end if;
    end if;
    if new.type in ('agent', 'ai') and not new.is_internal then
        people := people || ticket.customer_id;
    end if;
    title := format('Ticket #%s: %s', ticket.number, ticket.title);
    perform create_notification(p.id, null, 'ticket_message', title, left(new.content, 200), 'ticket', ticket.id, 'normal',
        '/api/tickets/' || ticket.id)
    from (select distinct unnest(people) as id) p where p.id is distinct from new.sender_id and p.id is not null;
    return null;
end
$$;
revoke all on function announce_message() from public;
--rollback drop function announce_message();

--changeset crm:ticket-words splitStatements:false runOnChange:true
-- What a search looks at in a ticket itself.
create or replace function ticket_words(title text, description text) returns tsvector language sql immutable parallel safe
    return to_tsvector('pg_catalog.english', title || e'\n' || coalesce(description, ''));
--rollback drop function ticket_words(text, text);

--changeset crm:message-words splitStatements:false runOnChange:true
create or replace function message_words(content text) returns tsvector language sql immutable parallel safe
    return to_tsvector('pg_catalog.english', content);
--rollback drop function message_words(text);

--changeset crm:search-tickets splitStatements:false runOnChange:true
-- Under row security neither @@ nor array operators reach an index (they are not leakproof), so these two run as the owner and
-- filter by the tenant themselves. Which of the tickets the caller sees is for the policies; of messages, customers search those
-- that they can read.
create or replace function search_tickets(words text) returns setof uuid
    language sql stable rows 100 security definer set search_path = ${schema}, pg_temp as $$
    select t.id from tickets t
    where t.org_id = current_org_id()
        and ticket_words(t.title, t.description) @@ websearch_to_tsquery('pg_catalog.english', left(words, 255))
    union
    select m.ticket_id from messages m
    where m.org_id = current_org_id()
        and message_words(m.content) @@ websearch_to_tsquery('pg_catalog.english', left(words, 255))
        and (not m.is_internal or current_role_name() in ('admin', 'agent', 'service'))
$$;
revoke all on function search_tickets(text) from public;
grant execute on function search_tickets(text) to ${schema}_app;
--rollback drop function search_tickets(text);

--changeset crm:tickets-tagged splitStatements:false runOnChange:true
create or replace function tickets_tagged(tag text) returns setof uuid
    language sql stable rows 100 security definer set search_path = ${schema}, pg_temp as $$
    select t.id from tickets t where t.org_id = current_org_id() and t.tags @> array[tag]
$$;
revoke all on function tickets_tagged(text) from public;
grant execute on function tickets_tagged(text) to ${schema}_app;
--rollback drop function tickets_tagged(text);
