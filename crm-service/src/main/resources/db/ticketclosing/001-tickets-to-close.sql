--liquibase formatted sql

--changeset crm:ticketclosing-001-tickets-to-close
create index tickets_to_close on tickets (resolved_at) where status = 'resolved';
--rollback drop index tickets_to_close;
