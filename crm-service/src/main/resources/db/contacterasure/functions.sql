--liquibase formatted sql

--changeset crm:names-number splitStatements:false runOnChange:true
-- Whether a text has one of the numbers, not merely the beginning of a longer one. What is no number must have eight characters, so
-- that it is not found by chance.
create or replace function names_number(said text, numbers text[]) returns boolean language sql immutable as $$
    select exists (select from unnest(numbers) n where case when n ~ '^\+[0-9]+$'
        then said ~ ('\' || n || '($|[^0-9])') else length(n) >= 8 and strpos(said, n) > 0 end)
$$;
--rollback drop function names_number(text, text[]);

--changeset crm:erase-kept-answers splitStatements:false runOnChange:true
-- Erases kept answers about contacts, appointments and tickets. The keys stay, so that a late repetition does not bring the person back.
create or replace function erase_kept_answers(ids uuid[]) returns void language sql as $$
    update idempotency_keys k set answer = null
    where k.org_id = current_org_id() and k.answer is not null
        and (k.subject = any (ids) or exists (
            select from unnest(ids) i where starts_with(k.operation, 'POST /api/contacts/' || i || '/')
                or starts_with(k.operation, 'POST /api/appointments/' || i || '/')
                or starts_with(k.operation, 'POST /api/tickets/' || i || '/')))
$$;
--rollback drop function erase_kept_answers(uuid[]);

--changeset crm:erase-unsent-events splitStatements:false runOnChange:true
-- Leaves ids alone in audit events about contacts, appointments, tickets or numbers that audit-service has not recorded yet, or has refused.
create or replace function erase_unsent_events(ids uuid[], numbers text[]) returns void language sql as $$
    update outbox o
    set event = o.event || jsonb_build_object('oldData', audit_ids(o.event -> 'oldData'), 'newData', audit_ids(o.event -> 'newData'))
    where o.org_id = current_org_id() and o.destination = 'audit-service'
        and (names_number(o.event::text, numbers) or exists (select from unnest(ids) i where strpos(o.event::text, i::text) > 0));
    update outbox_rejected r
    set event = r.event || jsonb_build_object('oldData', audit_ids(r.event -> 'oldData'), 'newData', audit_ids(r.event -> 'newData'))
    where r.org_id = current_org_id() and r.destination = 'audit-service'
        and (names_number(r.event::text, numbers) or exists (select from unnest(ids) i where strpos(r.event::text, i::text) > 0))
$$;
--rollback drop function erase_unsent_events(uuid[], text[]);

--changeset crm:erase-owed-mails splitStatements:false runOnChange:true
-- Takes back mails that are not sent yet, or were refused: those to a person, and those about records or numbers of the person's.
create or replace function erase_owed_mails(ids uuid[], email text, numbers text[]) returns void language sql as $$
    delete from outbox o
    where o.org_id = current_org_id() and o.destination in ('mail', 'appointment-mail') and (lower(o.event ->> 'to') = lower(email)
        or names_number(o.event::text, numbers) or exists (select from unnest(ids) i where strpos(o.event::text, i::text) > 0));
    delete from outbox_rejected r
    where r.org_id = current_org_id() and r.destination in ('mail', 'appointment-mail') and (lower(r.event ->> 'to') = lower(email)
        or names_number(r.event::text, numbers) or exists (select from unnest(ids) i where strpos(r.event::text, i::text) > 0))
$$;
--rollback drop function erase_owed_mails(uuid[], text, text[]);

--changeset crm:is-of-person splitStatements:false runOnChange:true
-- Whether a cell of a file is a person's name, address or number; a number in any way of writing, with or without its country.
create or replace function is_of_person(cell text, name text, email text, numbers text[]) returns boolean language sql immutable as $$
    select coalesce(lower(btrim(cell)) in (lower(name), lower(email)), false) or exists (
        select from unnest(numbers) n, ltrim(regexp_replace(cell, '[^0-9]', '', 'g'), '0') digits
        where length(digits) >= 7 and right(regexp_replace(n, '[^0-9]', '', 'g'), length(digits)) = digits)
$$;
--rollback drop function is_of_person(text, text, text, text[]);

--changeset crm:erase-import-traces splitStatements:false runOnChange:true
-- What imports that have ended still hold of a person: refused rows, previews, and the parts of their files. Fails with
-- import_unfinished: the file of one that goes on may hold the person, and would bring it back.
create or replace function erase_import_traces(contacts uuid[], name text, email text, numbers text[]) returns void
    language plpgsql as $$
declare
    org constant uuid := current_org_id();
begin
    if exists (select from contact_imports i where i.org_id = org and i.status in ('queued', 'running')) then
        raise exception using errcode = 'SB409', constraint = 'import_unfinished',
            message = 'import_unfinished: erase the person when the import of contacts has ended';
    end if;
    delete from import_chunks c using contact_imports i where c.org_id = org and i.org_id = org and i.id = c.import_id;
    delete from contact_import_previews p
    where p.org_id = org and (p.contact_id = any (contacts) or p.key = any (numbers) or p.key = lower(email));
    update contact_import_errors e
    set cells = array_fill(''::text, array[cardinality(e.cells)]), message = 'was about a person who is erased'
    where e.org_id = org and exists (select from unnest(e.cells) cell where is_of_person(cell, name, email, numbers));
end
$$;
--rollback drop function erase_import_traces(uuid[], text, text, text[]);

--changeset crm:erase-tickets splitStatements:false runOnChange:true
-- Erases what tickets, and the messages that were written to them, say. The rows stay with their times, numbers and states, which are
-- counted, as those of erased calls do; what is not closed is closed, as no one can settle it any more. For erase_contact, which has
-- locked the tickets and runs as the owner.
create or replace function erase_tickets(ids uuid[]) returns void language plpgsql as $$
begin
    update messages m set content = 'Erased', metadata = '{}'
    where m.org_id = current_org_id() and m.ticket_id = any (ids) and m.merged_from_id is null;
    update messages m set content = 'Erased', metadata = '{}'
    where m.org_id = current_org_id() and m.merged_from_id = any (ids);
    update tickets t
    set title = 'Erased', description = null, tags = '{}', metadata = '{}', status = 'closed', contact_id = null
    where t.org_id = current_org_id() and t.id = any (ids);
end
$$;
--rollback drop function erase_tickets(uuid[]);

--changeset crm:erase-contact splitStatements:false runOnChange:true
-- Removes a person of the caller's organization: the contact, its numbers, notes and appointments, what its tickets, notifications,
-- imports, kept answers, unsent audit events, owed webhook events and owed mails say of it, and the traces of its merges. Answers the
-- erasure; null if there is no such contact. Fails with import_unfinished. Runs as the owner, since notifications are other users'. From here to the end
-- of the transaction only ids are audited.
create or replace function erase_contact(contact uuid) returns uuid
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    org constant uuid := current_org_id();
    duplicates uuid[];
    contacts uuid[];
    records uuid[];
    opened uuid[];
    told uuid[];
    numbers text[];
    person contacts;
    erasure uuid;
begin
    perform set_config('app.erasing', 'on', true);
    select * into person from contacts c where c.org_id = org and c.id = contact for update;
    if not found then
        return null;
    end if;
    select coalesce(array_agg(m.duplicate_id), '{}') into duplicates from contact_merges m where m.org_id = org and m.contact_id = contact;
    contacts := duplicates || contact;
    select coalesce(array_agg(distinct n), '{}') into numbers from contact_phones p, unnest(array[p.phone, p.phone_as_given]) n
    where p.org_id = org and p.contact_id = contact and n is not null;

    perform from tickets t where t.org_id = org and t.contact_id = contact order by t.id for update;
    opened := array(select t.id from tickets t where t.org_id = org and t.contact_id = contact);
    records := contacts || opened || array(select a.id from appointments a where a.org_id = org and a.contact_id = contact);

    -- Those of missed calls are about the call, and name the number.
    with gone as (
        delete from notifications n
        where n.org_id = org and (n.related_type in ('contact', 'appointment', 'ticket') and n.related_id = any (records)
            or names_number(n.title || e'\n' || n.message, numbers))
        returning n.id)
    select coalesce(array_agg(g.id), '{}') into told from gone g;
    perform erase_import_traces(contacts, person.name, person.email, numbers);
    perform erase_kept_answers(records);
    perform erase_unsent_events(records, numbers);
    perform erase_owed_events(records || told, numbers);
    perform erase_owed_mails(records || told, person.email, numbers);
    perform erase_tickets(opened);
    delete from appointments a where a.org_id = org and a.contact_id = contact;
    delete from contacts c where c.org_id = org and c.id = contact;

    insert into contact_erasures (org_id, contact_id, duplicate_ids, phones) values (org, contact, duplicates, numbers)
    returning id into erasure;
    return erasure;
end
$$;
revoke all on function erase_contact(uuid) from public;
grant execute on function erase_contact(uuid) to ${schema}_app;
--rollback drop function erase_contact(uuid);
