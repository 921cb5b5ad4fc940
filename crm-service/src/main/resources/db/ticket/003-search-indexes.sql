--liquibase formatted sql

--changeset crm:ticket-003-search-indexes
create index tickets_words on tickets using gin (org_id, ticket_words(title, description));
create index tickets_tags on tickets using gin (org_id, tags);
create index messages_words on messages using gin (org_id, message_words(content));
--rollback drop index messages_words;
--rollback drop index tickets_tags;
--rollback drop index tickets_words;
