--liquibase formatted sql

--changeset crm:keep-lead-status-legal splitStatements:false runOnChange:true
-- Forward one step at a time; any lead may be lost, and a lost one is contacted again. Fails with lead_status_illegal.
create or replace function keep_lead_status_legal() returns trigger language plpgsql as $$
begin
    if (old.lead_status, new.lead_status) in (
            ('new', 'contacted'), ('contacted', 'qualified'), ('qualified', 'booked'), ('booked', 'converted'), ('lost', 'contacted'))
        or new.lead_status = 'lost'
    then
        return new;
    end if;
    raise exception using errcode = 'SB409', constraint = 'lead_status_illegal',
        message = format('lead_status_illegal: a lead does not go from %s to %s', old.lead_status, new.lead_status);
end
$$;
--rollback drop function keep_lead_status_legal();

--changeset crm:announce-hot-lead splitStatements:false runOnChange:true
-- Notifies admins and agents each time a contact becomes hot, whichever statement does it.
create or replace function announce_hot_lead() returns trigger language plpgsql as $$
begin
    perform create_notification(
        null, array['admin', 'agent'], 'hot_lead',
        'Hot lead: ' || coalesce(new.name, new.phone, new.email, 'a contact without a name'),
        concat_ws(', ', new.name, new.phone, new.email),
        'contact', new.id, 'high', '/api/contacts/' || new.id);
    return null;
end
$$;
--rollback drop function announce_hot_lead();

--changeset crm:contact-text splitStatements:false runOnChange:true
-- The text that a search looks at: a field a line, so that no match spans two fields.
create or replace function contact_text(name text, email text, phone text) returns text language sql immutable parallel safe
    return coalesce(name, '') || e'\n' || coalesce(email, '') || e'\n' || coalesce(phone, '');
--rollback drop function contact_text(text, text, text);

--changeset crm:search-contacts splitStatements:false runOnChange:true
-- Under row security neither trigram nor array operators reach an index (they are not leakproof), so these two run as
-- the owner and filter by the tenant themselves.
create or replace function search_contacts(words text, digits text) returns setof uuid
    language sql stable rows 100 security definer set search_path = ${schema}, pg_temp as $$
    select c.id from contacts c
    where c.org_id = current_org_id()
        and (contact_text(c.name, c.email, c.phone) ilike '%' || regexp_replace(words, '([\\%_])', '\\\1', 'g') || '%'
            or contact_text(c.name, c.email, c.phone) ilike '%' || digits || '%')
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
