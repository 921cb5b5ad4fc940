--liquibase formatted sql

--changeset crm:lock-ticket-or-find-successor splitStatements:false runOnChange:true
-- The ticket that has taken the place of a merged one. Null for any other ticket, which is then locked as follow_message locks it, so
-- that no message gets into a ticket while it is being merged. Runs as the owner, since customers may lock no ticket.
create or replace function lock_ticket_or_find_successor(ticket uuid) returns uuid
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
begin
    perform from tickets t
    where t.org_id = current_org_id() and t.id = ticket and t.merged_into_id is null for no key update;
    return (select t.merged_into_id from tickets t where t.org_id = current_org_id() and t.id = ticket);
end
$$;
revoke all on function lock_ticket_or_find_successor(uuid) from public;
grant execute on function lock_ticket_or_find_successor(uuid) to ${schema}_app;
--rollback drop function lock_ticket_or_find_successor(uuid);

--changeset crm:follow-ticket-merge splitStatements:false runOnChange:true
-- A message to a merged ticket goes to the one that has taken its place. Fails with ticket_merged where the sender does not see that
-- one.
create or replace function follow_ticket_merge() returns trigger language plpgsql as $$
declare
    successor constant uuid := lock_ticket_or_find_successor(new.ticket_id);
begin
    if successor is not null then
        if not exists (select from tickets t where t.org_id = new.org_id and t.id = successor) then
            raise exception using errcode = 'SB409', constraint = 'ticket_merged',
                message = 'ticket_merged: the ticket was merged into one that you do not see';
        end if;
        new.merged_from_id := new.ticket_id;
        new.ticket_id := successor;
    end if;
    return new;
end
$$;
--rollback drop function follow_ticket_merge();

--changeset crm:refuse-merged-ticket splitStatements:false runOnChange:true
-- A merged ticket has no messages and no life of its own any more. Fails with ticket_merged.
create or replace function refuse_merged_ticket() returns trigger language plpgsql as $$
begin
    raise exception using errcode = 'SB409', constraint = 'ticket_merged',
        message = 'ticket_merged: a merged ticket stays closed';
end
$$;
--rollback drop function refuse_merged_ticket();

--changeset crm:merge-tickets splitStatements:false runOnChange:true
-- Moves the messages of the duplicate to the survivor and closes the duplicate. A survivor without a customer or a contact gets the
-- duplicate's; what else the duplicate says stays there, with the person whom it is about. What was merged into the duplicate leads to
-- the survivor: there are no chains. Answers null, or why not: not_found (the survivor), same, survivor_merged, unknown (the duplicate),
-- merged (the duplicate, before), other_customer: what one customer was told is not another one's to read. Runs as the owner, since
-- messages are never changed otherwise, and sees what the caller may change.
-- Merges of an organization come one after the other (see lock_schedules for the lock), since each may change tickets that were merged
-- before; all are locked in the order of their ids, and their contacts before them, as a merge of contacts does.
create or replace function merge_tickets(survivor uuid, duplicate uuid) returns text
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    org constant uuid := current_org_id();
    kept tickets;
    gone tickets;
    own uuid[];
    answered timestamptz;
begin
    perform pg_advisory_xact_lock(hashtext('${schema}.ticket_merges'), hashtext(org::text) & 1023);
    perform from contacts c
    where c.org_id = org and c.id in (select t.contact_id from tickets t where t.org_id = org and t.id in (survivor, duplicate))
    order by c.id for key share;
    perform from tickets t
    where t.org_id = org and (t.id in (survivor, duplicate) or t.merged_into_id = duplicate)
    order by t.id for update;
    own := array(
        select t.id from tickets t
        where t.org_id = org and t.id in (survivor, duplicate)
            and (current_role_name() in ('admin', 'service')
                or current_role_name() = 'agent' and (t.assigned_agent_id = current_user_id()
                    or t.assigned_team_id = any (my_teams()))));
    select * into kept from tickets t where t.org_id = org and t.id = survivor and t.id = any (own);
    select * into gone from tickets t where t.org_id = org and t.id = duplicate and t.id = any (own);
    if kept.id is null then
        return 'not_found';
    elsif survivor = duplicate then
        return 'same';
    elsif gone.id is null then
        return 'unknown';
    elsif gone.merged_into_id is not null then
        return 'merged';
    elsif kept.merged_into_id is not null then
        return 'survivor_merged';
    elsif kept.customer_id <> gone.customer_id then
        return 'other_customer';
    end if;

    update messages m set ticket_id = survivor, merged_from_id = coalesce(m.merged_from_id, duplicate)
    where m.org_id = org and m.ticket_id = duplicate;
    update tickets t set merged_into_id = survivor where t.org_id = org and t.merged_into_id = duplicate;
    update tickets t set status = 'closed', merged_into_id = survivor where t.org_id = org and t.id = duplicate;
    if gone.first_responded_at is not null then
        answered := least(kept.first_responded_at, greatest(gone.first_responded_at, kept.created_at));
    end if;
    update tickets t set
        customer_id = coalesce(kept.customer_id, gone.customer_id),
        contact_id = coalesce(kept.contact_id, gone.contact_id),
        first_responded_at = coalesce(answered, kept.first_responded_at),
        status = case when kept.status = 'new' and answered is not null then 'open' else kept.status end
    where t.org_id = org and t.id = survivor;
    return null;
end
$$;
revoke all on function merge_tickets(uuid, uuid) from public;
grant execute on function merge_tickets(uuid, uuid) to ${schema}_app;
--rollback drop function merge_tickets(uuid, uuid);
