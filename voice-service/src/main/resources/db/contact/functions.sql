--liquibase formatted sql

--changeset voice:contact-surviving runOnChange:true splitStatements:false
-- The contact that a contact was merged into, or itself.
create or replace function surviving_contact(contact uuid) returns uuid language plpgsql stable set enable_seqscan = off as $$
begin
    return coalesce((
        select m.contact_id from merged_contacts m where m.org_id = (select current_org_id()) and m.duplicate_id = contact),
        contact);
end
$$;
--rollback drop function surviving_contact(uuid);

--changeset voice:contact-merge runOnChange:true splitStatements:false
-- Remembers that a contact was merged into another, or into the one that this was merged into since: merges may arrive in any
-- order, and one after the other, since each looks at those before. Answers where the duplicate's calls belong. Runs as the owner, since
-- only owners take advisory locks.
create or replace function merge_contacts(survivor uuid, duplicate uuid) returns uuid
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    org constant uuid := current_org_id();
    target uuid;
begin
    perform pg_advisory_xact_lock(hashtextextended(org || ' merged_contacts', 0));
    target := surviving_contact(survivor);
    if target <> duplicate then
        update merged_contacts m set contact_id = target where m.org_id = org and m.contact_id = duplicate;
        insert into merged_contacts (org_id, duplicate_id, contact_id) values (org, duplicate, target)
        on conflict (org_id, duplicate_id) do update set contact_id = excluded.contact_id;
    end if;
    return target;
end
$$;
revoke all on function merge_contacts(uuid, uuid) from public;
grant execute on function merge_contacts(uuid, uuid) to ${schema}_app;
--rollback drop function merge_contacts(uuid, uuid);

--changeset voice:contact-erase-call-rows runOnChange:true splitStatements:false
-- Removes what calls say of a person. Figures, times, states and ids are left, also the further ids that a call goes by: they tell
-- that a late event belongs to an erased call. The calls' events are left to erase_events_of_calls. Runs as the owner, since it lists
-- the calls for that. The audit trail gets keys only (app.erasing). What subscriptions were sent or are still to be sent of the calls
-- goes, too. Answers how many it erased.
create or replace function erase_call_rows(calls uuid[]) returns int
    language plpgsql security definer set search_path = ${schema}, ext, pg_temp as $$
declare
    org constant uuid := current_org_id();
    erased int;
begin
    perform set_config('app.erasing', 'on', true);
    with chosen as (
        select c.id, c.provider, c.provider_call_id from call_logs c
        where c.org_id = org and c.id = any (calls) and c.erased_at is null
        order by c.id
        for update
    ), listed as (
        insert into event_erasures (org_id, provider, call_key)
        select org, ch.provider, ch.provider_call_id from chosen ch on conflict do nothing
    ), unsent as (
        delete from subscription_deliveries d
        where d.org_id = org and d.subject_id in (select ch.id from chosen ch)
    ), unsaid as (
        delete from call_transcripts t where t.org_id = org and t.call_id in (select ch.id from chosen ch)
    ), untold as (
        delete from call_talks t where t.org_id = org and t.call_id in (select ch.id from chosen ch)
    ), unheard as (
        delete from call_fragments f where f.org_id = org and f.call_id in (select ch.id from chosen ch)
    ), unasked as (
        delete from tool_calls t using chosen ch
        where t.org_id = org and (t.call_id = ch.id or t.provider = ch.provider and t.call_key = ch.provider_call_id)
    )
    update call_logs c
    set from_number = null, to_number = null, from_e164 = null, to_e164 = null, customer_name = null,
        summary = null, success_evaluation = null, recording_url = null, lead_score = null, metadata = '{}', erased_at = now(),
        version = c.version + 1
    from chosen ch where c.org_id = org and c.id = ch.id;
    get diagnostics erased = row_count;
    return erased;
end
$$;
revoke all on function erase_call_rows(uuid[]) from public;
grant execute on function erase_call_rows(uuid[]) to ${schema}_app;
--rollback drop function erase_call_rows(uuid[]);

--changeset voice:contact-erase-calls runOnChange:true splitStatements:false
-- Erases calls of the contact, and calls from or to the numbers, with all rows of each. Answers how many rows it erased: at least at_most
-- while there are more. What subscriptions were sent or are still to be sent of the contact goes, too; but not that it is erased.
-- Under the lock of lock_call_keys, before any row: else a row that becomes a leg meanwhile would be erased without its head.
create or replace function erase_calls(contact uuid, numbers text[], at_most int) returns int
    language plpgsql security definer set search_path = ${schema}, ext, pg_temp as $$
declare
    org constant uuid := current_org_id();
    most constant int := least(greatest(at_most, 1), 1000);
begin
    perform set_config('app.erasing', 'on', true);
    perform pg_advisory_xact_lock(hashtextextended(org || ' call_keys', 0));
    perform erase_deliveries_of_contact(contact, numbers);
    delete from tool_calls t where t.org_id = org and t.phone = any (numbers); -- of whichever call
    return erase_call_rows(whole_calls(array(
        select c.id from call_logs c
        where c.org_id = org and c.erased_at is null and c.id in (
            (select o.id from call_logs o where o.org_id = org and o.contact_id = contact and o.erased_at is null limit most)
            union all
            (select f.id from call_logs f where f.org_id = org and f.from_e164 = any (numbers) and f.erased_at is null limit most)
            union all
            (select t.id from call_logs t where t.org_id = org and t.to_e164 = any (numbers) and t.erased_at is null limit most))
        order by c.id limit most)));
end
$$;
revoke all on function erase_calls(uuid, text[], int) from public;
grant execute on function erase_calls(uuid, text[], int) to ${schema}_app;
--rollback drop function erase_calls(uuid, text[], int);

--changeset voice:contact-erase-bodies runOnChange:true splitStatements:false
-- Empties the bodies of events of the caller's organization, also those that they share. Names, fingerprints and times are
-- left, so that repeats are still recognised. Runs as the owner, since the service may not change bodies.
create or replace function erase_event_bodies(events uuid[]) returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with shared as (
        update webhook_deliveries d set body = ''
        where d.org_id = current_org_id() and d.body <> '' and d.id in (
            select e.delivery_id from processed_webhook_events e
            where e.org_id = current_org_id() and e.id = any (events) and e.delivery_id is not null)
    ), emptied as (
        update processed_webhook_events e set body = '', delivery_id = null
        where e.org_id = current_org_id() and e.id = any (events) and e.body is distinct from ''
        returning 1
    )
    select count(*)::int from emptied
$$;
revoke all on function erase_event_bodies(uuid[]) from public;
grant execute on function erase_event_bodies(uuid[]) to ${schema}_app;
--rollback drop function erase_event_bodies(uuid[]);

--changeset voice:contact-erase-events runOnChange:true splitStatements:false
-- Erases events of the calls that erase_calls listed, at most so many and of at most 100 calls. What crm-service was still to be
-- sent of them is dropped. Events that are not applied yet are left to the worker, which finds their call erased: it
-- keeps their figures and empties them. is_more: whether another step is needed.
create or replace function erase_events_of_calls(at_most int, out events int, out is_more boolean)
    language plpgsql security definer
    set search_path = ${schema}, pg_temp set enable_seqscan = off as $$
declare
    org constant uuid := current_org_id();
    most constant int := least(greatest(at_most, 1), 5000);
    call record;
    found_ids uuid[];
begin
    perform set_config('app.erasing', 'on', true);
    events := 0;
    for call in
        select q.provider, q.call_key from event_erasures q where q.org_id = org
        order by q.provider, q.call_key limit 100 for update skip locked
    loop
        update processed_webhook_events e
        set status = 'done', effects = null, processed_at = now(), lease = null, lease_until = null
        where e.org_id = org and e.id in (
            select o.id from processed_webhook_events o
            where o.org_id = org and o.call_key = call.call_key and o.provider = call.provider
                and o.status = 'pending' and o.applied_at is not null
            union all
            select r.id from processed_webhook_events r
            where r.org_id = org and r.call_key = call.call_key and r.provider = call.provider
                and r.status = 'running' and r.applied_at is not null);

        select array_agg(c.id) into found_ids from (
            select e.id from processed_webhook_events e
            where e.org_id = org and e.call_key = call.call_key and e.provider = call.provider
                and e.status in ('done', 'dead') and e.body is distinct from ''
            limit most - events) c;
        events := events + coalesce(erase_event_bodies(found_ids), 0);
        exit when events >= most;
        delete from event_erasures q where q.org_id = org and q.provider = call.provider and q.call_key = call.call_key;
    end loop;
    is_more := exists (select from event_erasures q where q.org_id = org);
end
$$;
revoke all on function erase_events_of_calls(int) from public;
grant execute on function erase_events_of_calls(int) to ${schema}_app;
--rollback drop function erase_events_of_calls(int);

--changeset voice:contact-erase-dead-events runOnChange:true splitStatements:false
-- Empties dead events that name one of the numbers: they may have no call. It looks at the next at_most dead events after the id;
-- last_id is null when there are no more. The numbers are digits only, and stand alone in the body or after 00, + or %2B.
create or replace function erase_dead_events(digits text[], after_id uuid, at_most int, out last_id uuid, out events int)
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    org constant uuid := current_org_id();
    most constant int := least(greatest(at_most, 1), 1000);
    pattern constant text := '(^|[^0-9]|%2[Bb]|[^0-9]00)(' || array_to_string(digits, '|') || ')([^0-9]|$)';
    looked_at uuid[];
    named uuid[];
begin
    select array_agg(e.id order by e.id) into looked_at from (
        select d.id from processed_webhook_events d
        where d.org_id = org and d.status = 'dead' and d.id > after_id order by d.id limit most) e;
    last_id := case when cardinality(looked_at) = most then looked_at[most] end;
    select array_agg(e.id) into named
    from processed_webhook_events e left join webhook_deliveries d on d.org_id = e.org_id and d.id = e.delivery_id
    where e.org_id = org and e.id = any (looked_at)
        and exists (select from unnest(digits) n where position(convert_to(n, 'UTF8') in coalesce(e.body, d.body)) > 0)
        and convert_from(coalesce(e.body, d.body), 'LATIN1') ~ pattern;
    events := coalesce(erase_event_bodies(named), 0);
end
$$;
revoke all on function erase_dead_events(text[], uuid, int) from public;
grant execute on function erase_dead_events(text[], uuid, int) to ${schema}_app;
--rollback drop function erase_dead_events(text[], uuid, int);
