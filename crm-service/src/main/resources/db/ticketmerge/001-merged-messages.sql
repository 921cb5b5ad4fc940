--liquibase formatted sql

--changeset crm:ticketmerge-001-merged-messages
-- The ticket that a message was written to, where another one has taken its place: whose message it is, its own ticket says.
alter table messages add column merged_from_id uuid;
create index messages_merged on messages (org_id, merged_from_id, created_at, id) where merged_from_id is not null;
--rollback drop index messages_merged;
--rollback alter table messages drop column merged_from_id;
