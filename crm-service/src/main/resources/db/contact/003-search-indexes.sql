--liquibase formatted sql

--changeset crm:contact-003-search-indexes
create index contacts_text on contacts using gin (org_id, (contact_text(name, email)) ext.gin_trgm_ops);
create index contact_phones_text on contact_phones using gin (org_id, phone ext.gin_trgm_ops);
create index contacts_interests on contacts using gin (org_id, service_interests);
--rollback drop index contacts_interests;
--rollback drop index contact_phones_text;
--rollback drop index contacts_text;
