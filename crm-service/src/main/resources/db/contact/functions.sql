--liquibase formatted sql

--changeset crm:is-lead-step splitStatements:false runOnChange:true
-- Forward one step at a time; any lead may be lost, and a lost one is contacted again.
create or replace function is_lead_step(before lead_status_type, after lead_status_type) returns boolean
    language sql immutable parallel safe
    return (before, after) in (
            ('new', 'contacted'), ('contacted', 'qualified'), ('qualified', 'booked'), ('booked', 'converted'), ('lost', 'contacted'))
        or after = 'lost';
--rollback drop function is_lead_step(lead_status_type, lead_status_type);

--changeset crm:keep-lead-status-legal splitStatements:false runOnChange:true
-- Only an appointment that is to take place lets a lead jump to booked. Fails with lead_status_illegal.
create or replace function keep_lead_status_legal() returns trigger language plpgsql as $$
begin
    if is_lead_step(old.lead_status, new.lead_status) then
        return new;
    end if;
    if new.lead_status = 'booked' and old.lead_status <> 'converted' and exists (
        select from appointments a where a.org_id = new.org_id and a.contact_id = new.id
            and a.deleted_at is null and a.status in ('pending', 'confirmed')) then
        return new;
    end if;
    raise exception using errcode = 'SB409', constraint = 'lead_status_illegal',
        message = format('lead_status_illegal: a lead does not go from %s to %s', old.lead_status, new.lead_status);
end
$$;
--rollback drop function keep_lead_status_legal();

--changeset crm:announce-hot-lead splitStatements:false runOnChange:true
-- Notifies admins and agents each time a contact becomes hot, whichever statement does it but an import's.
create or replace function announce_hot_lead() returns trigger language plpgsql as $$
begin
    if current_setting('app.bulk', true) = 'on' then -- an import notifies once, by itself
        return null;
    end if;
    perform create_notification(
        null, array['admin', 'agent'], 'hot_lead',
        'Hot lead: ' || coalesce(new.name, new.phone, new.email, 'a contact without a name'),
        concat_ws(', ', new.name, new.phone, new.email),
        'contact', new.id, 'high', '/api/contacts/' || new.id);
    return null;
end
$$;
--rollback drop function announce_hot_lead();

--changeset crm:keep-main-phone splitStatements:false runOnChange:true
-- A contact's phone is one of contact_phones. A new one takes the place of the old one there, unless the contact has it already:
-- then it only becomes the main one. The contact's own audit event tells of it. Fails with contact_phone_taken, of whatever
-- contact the number is.
create or replace function keep_main_phone() returns trigger language plpgsql as $$
begin
    if new.phone is not null and exists (
        select from contact_phones p where p.org_id = new.org_id and p.phone = new.phone and p.contact_id = new.id)
    then
        return null;
    end if;
    perform set_config('app.with_contact', 'on', true);
    if new.phone is null then
        delete from contact_phones p where p.org_id = new.org_id and p.phone = old.phone and p.contact_id = new.id;
    else
        if tg_op = 'UPDATE' then
            update contact_phones p set phone = new.phone, phone_as_given = new.phone_as_given
            where p.org_id = new.org_id and p.phone = old.phone and p.contact_id = new.id;
        end if;
        if tg_op = 'INSERT' or not found then
            insert into contact_phones (org_id, phone, phone_as_given, contact_id)
            values (new.org_id, new.phone, new.phone_as_given, new.id);
        end if;
    end if;
    perform set_config('app.with_contact', 'off', true);
    return null;
end
$$;
--rollback drop function keep_main_phone();

--changeset crm:replace-main-phone splitStatements:false runOnChange:true
-- A contact whose main number is gone has its oldest other one instead, or none.
create or replace function replace_main_phone() returns trigger language plpgsql as $$
begin
    update contacts c set (phone, phone_as_given) = (
        select p.phone, coalesce(p.phone_as_given, p.phone) from contact_phones p where p.org_id = c.org_id and p.contact_id = c.id
        order by p.created_at, p.phone limit 1)
    where c.org_id = old.org_id and c.id = old.contact_id and c.phone = old.phone;
    return null;
end
$$;
--rollback drop function replace_main_phone();

--changeset crm:mark-several-phones splitStatements:false runOnChange:true
-- Most contacts have one number, which is in their own row: then readers need not look for others, see phones_of_contact. Stays set
-- when the others are gone again, which is no fault.
create or replace function mark_several_phones() returns trigger language plpgsql as $$
begin
    update contacts c set several_phones = true
    where c.org_id = new.org_id and c.id = new.contact_id and not c.several_phones;
    return null;
end
$$;
--rollback drop function mark_several_phones();

--changeset crm:find-several-phones splitStatements:false runOnChange:true
-- The same for a contact that is written after its numbers.
create or replace function find_several_phones() returns trigger language plpgsql as $$
begin
    new.several_phones := exists (
        select from contact_phones p where p.org_id = new.org_id and p.contact_id = new.id
            and (p.phone is distinct from new.phone or p.label is not null));
    return new;
end
$$;
--rollback drop function find_several_phones();

--changeset crm:phones-of-contact splitStatements:false runOnChange:true
-- All numbers of a contact, oldest first, each followed by its label. A function, so that a statement that need not call it has no
-- part of this in its plan: that would take as long again as reading the contact.
create or replace function phones_of_contact(org uuid, contact uuid) returns text[] language sql stable as $$
    select array(
        select unnest(array[p.phone, p.label]) from contact_phones p where p.org_id = org and p.contact_id = contact
        order by p.created_at, p.phone)
$$;
--rollback drop function phones_of_contact(uuid, uuid);

--changeset crm:contact-text splitStatements:false runOnChange:true
-- The text that a search looks at beside the numbers: a field a line, so that no match spans two fields.
create or replace function contact_text(name text, email text) returns text language sql immutable parallel safe
    return coalesce(name, '') || e'\n' || coalesce(email, '');
--rollback drop function contact_text(text, text);

--changeset crm:search-contacts splitStatements:false runOnChange:true
-- Under row security neither trigram nor array operators reach an index (they are not leakproof), so these two run as
-- the owner and filter by the tenant themselves.
create or replace function search_contacts(words text, digits text) returns setof uuid
    language sql stable rows 100 security definer set search_path = ${schema}, pg_temp as $$
    select c.id from contacts c
    where c.org_id = current_org_id()
        and contact_text(c.name, c.email) ilike '%' || regexp_replace(words, '([\\%_])', '\\\1', 'g') || '%'
    union
    select p.contact_id from contact_phones p
    where p.org_id = current_org_id()
        and (p.phone ilike '%' || regexp_replace(words, '([\\%_])', '\\\1', 'g') || '%' or p.phone ilike '%' || digits || '%')
$$;
revoke all on function search_contacts(text, text) from public;
grant execute on function search_contacts(text, text) to ${schema}_app;
--rollback drop function search_contacts(text, text);

--changeset crm:contacts-interested-in splitStatements:false runOnChange:true
create or replace function contacts_interested_in(interest text) returns setof uuid
    language sql stable rows 100 security definer set search_path = ${schema}, pg_temp as $$
    select c.id from contacts c where c.org_id = current_org_id() and c.service_interests @> array[interest]
$$;
revoke all on function contacts_interested_in(text) from public;
grant execute on function contacts_interested_in(text) to ${schema}_app;
--rollback drop function contacts_interested_in(text);
