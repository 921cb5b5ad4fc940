--liquibase formatted sql

--changeset crm:contact-003-search splitStatements:false
-- What a search looks at, one a line so that no match runs from one into the next.
create function contact_text(name text, email text, phone text) returns text language sql immutable parallel safe
    return coalesce(name, '') || e'\n' || coalesce(email, '') || e'\n' || coalesce(phone, '');
create index contacts_text on contacts using gin (org_id, (contact_text(name, email, phone)) ext.gin_trgm_ops);
create index contacts_interests on contacts using gin (org_id, service_interests);

-- Under row security neither trigram nor array operators reach an index (they are not leakproof), so these two run as
-- the owner and keep to the tenant themselves.
create function search_contacts(words text, digits text) returns setof uuid
    language sql stable rows 100 security definer set search_path = ${schema}, pg_temp as $$
    select c.id from contacts c
    where c.org_id = current_org_id()
        and (contact_text(c.name, c.email, c.phone) ilike '%' || regexp_replace(words, '([\\%_])', '\\\1', 'g') || '%'
            or contact_text(c.name, c.email, c.phone) ilike '%' || digits || '%')
$$;
revoke all on function search_contacts(text, text) from public;
grant execute on function search_contacts(text, text) to ${schema}_app;

create function contacts_interested_in(interest text) returns setof uuid
    language sql stable rows 100 security definer set search_path = ${schema}, pg_temp as $$
    select c.id from contacts c where c.org_id = current_org_id() and c.service_interests @> array[interest]
$$;
revoke all on function contacts_interested_in(text) from public;
grant execute on function contacts_interested_in(text) to ${schema}_app;
--rollback drop function contacts_interested_in(text);
--rollback drop function search_contacts(text, text);
--rollback drop index contacts_interests;
--rollback drop index contacts_text;
--rollback drop function contact_text(text, text, text);
