--liquibase formatted sql

--changeset crm:merged-metadata splitStatements:false runOnChange:true
-- The survivor's metadata, and what the duplicate has under other keys, the smallest values first, as long as the bounds of metadata
-- are kept: 8 KiB and 100 keys.
create or replace function merged_metadata(survivor jsonb, duplicate jsonb) returns jsonb language plpgsql immutable as $$
declare
    merged jsonb := survivor;
    longer jsonb;
    entry record;
begin
    for entry in
        select e.key, e.value from jsonb_each(duplicate) e where not survivor ? e.key
        order by octet_length(e.key) + octet_length(e.value::text), e.key
    loop
        longer := merged || jsonb_build_object(entry.key, entry.value);
        exit when octet_length(longer::text) > 8192 or (select count(*) from jsonb_object_keys(longer)) > 100;
        merged := longer;
    end loop;
    return merged;
end
$$;
--rollback drop function merged_metadata(jsonb, jsonb);

--changeset crm:merged-interests splitStatements:false runOnChange:true
-- Those of the survivor, then the duplicate's others, 50 at most, as a contact may have.
create or replace function merged_interests(survivor text[], duplicate text[]) returns text[] language sql immutable as $$
    select (survivor || coalesce(array_agg(d.interest order by d.nth) filter (where d.interest <> all (survivor)), '{}'))[:50]
    from unnest(duplicate) with ordinality d (interest, nth)
$$;
--rollback drop function merged_interests(text[], text[]);

--changeset crm:move-contact-notifications splitStatements:false runOnChange:true
-- Relates the notifications about a contact to another one. Runs as the owner, since they are other users'.
create or replace function move_contact_notifications(from_contact uuid, to_contact uuid) returns void
    language sql security definer set search_path = ${schema}, pg_temp as $$
    update notifications n
    set related_id = to_contact, action_url = replace(n.action_url, from_contact::text, to_contact::text)
    where n.org_id = current_org_id() and n.related_type = 'contact' and n.related_id = from_contact
$$;
revoke all on function move_contact_notifications(uuid, uuid) from public;
grant execute on function move_contact_notifications(uuid, uuid) to ${schema}_app;
--rollback drop function move_contact_notifications(uuid, uuid);

--changeset crm:move-contact-tickets splitStatements:false runOnChange:true
-- Moves a contact's tickets to another one. Runs as the owner, since the caller may not see them all.
create or replace function move_contact_tickets(from_contact uuid, to_contact uuid) returns void
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
begin
    perform from tickets t where t.org_id = current_org_id() and t.contact_id = from_contact order by t.id for no key update;
    update tickets t set contact_id = to_contact where t.org_id = current_org_id() and t.contact_id = from_contact;
end
$$;
revoke all on function move_contact_tickets(uuid, uuid) from public;
grant execute on function move_contact_tickets(uuid, uuid) to ${schema}_app;
--rollback drop function move_contact_tickets(uuid, uuid);

--changeset crm:merge-contacts splitStatements:false runOnChange:true
-- Moves all that the duplicate has to the survivor and deletes the duplicate. Answers null, or why not: not_found (the survivor), same,
-- merged (the duplicate, before), unknown (the duplicate). Both are locked in the order of their ids, so that merges that cross each
-- other come one after the other.
create or replace function merge_contacts(survivor uuid, duplicate uuid) returns text language plpgsql as $$
declare
    org constant uuid := current_org_id();
    kept contacts;
    gone contacts;
    joined text;
begin
    perform from contacts c where c.org_id = org and c.id in (survivor, duplicate) order by c.id for update;
    select * into kept from contacts c where c.org_id = org and c.id = survivor;
    if kept.id is null then
        return 'not_found';
    elsif survivor = duplicate then
        return 'same';
    end if;
    select * into gone from contacts c where c.org_id = org and c.id = duplicate;
    if gone.id is null then
        return case when exists (select from contact_merges m where m.org_id = org and m.duplicate_id = duplicate)
            then 'merged' else 'unknown' end;
    end if;

    insert into contact_merges (org_id, duplicate_id, contact_id) values (org, duplicate, survivor);
    update contact_merges m set contact_id = survivor where m.org_id = org and m.contact_id = duplicate;
    update contact_phones p set contact_id = survivor where p.org_id = org and p.contact_id = duplicate;
    update contact_notes n set contact_id = survivor where n.org_id = org and n.contact_id = duplicate;
    perform from appointments a where a.org_id = org and a.contact_id = duplicate order by a.id for update;
    perform lock_schedules(array(select a.assignee_id from appointments a where a.org_id = org and a.contact_id = duplicate));
    update appointments a set contact_id = survivor where a.org_id = org and a.contact_id = duplicate;
    perform move_contact_tickets(duplicate, survivor);
    perform move_contact_notifications(duplicate, survivor);

    joined := kept.notes;
    -- Notes that are too long together stay in full, the duplicate's as an entry of the timeline.
    if nullif(gone.notes, '') is distinct from kept.notes then
        joined := nullif(concat_ws(e'\n\n', nullif(kept.notes, ''), nullif(gone.notes, '')), '');
    end if;
    if char_length(joined) > 20000 then
        joined := kept.notes;
        insert into contact_notes (org_id, contact_id, content) values (org, survivor, gone.notes);
    end if;
    perform set_config('app.bulk', 'on', true); -- a lead that was hot before is no news
    update contacts c set
        name = coalesce(nullif(kept.name, kept.phone), gone.name, kept.name),
        phone = coalesce(kept.phone, gone.phone),
        phone_as_given = case when kept.phone is null then coalesce(gone.phone_as_given, kept.phone_as_given) else kept.phone_as_given end,
        email = coalesce(kept.email, gone.email),
        service_interests = merged_interests(kept.service_interests, gone.service_interests),
        lead_score = least(kept.lead_score, gone.lead_score), -- hot comes first
        last_contact_at = greatest(kept.last_contact_at, gone.last_contact_at),
        notes = joined,
        is_blocked = kept.is_blocked or gone.is_blocked,
        metadata = merged_metadata(kept.metadata, gone.metadata)
    where c.org_id = org and c.id = survivor;
    perform set_config('app.bulk', '', true);
    delete from contacts c where c.org_id = org and c.id = duplicate;
    return null;
end
$$;
--rollback drop function merge_contacts(uuid, uuid);
