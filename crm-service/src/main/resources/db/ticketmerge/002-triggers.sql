--liquibase formatted sql

--changeset crm:ticketmerge-002-triggers
create trigger merged before insert on messages for each row execute function follow_ticket_merge();
create trigger merged_stays_closed before update on tickets for each row
    when (new.merged_into_id is not null and new.status <> 'closed') execute function refuse_merged_ticket();
--rollback drop trigger merged_stays_closed on tickets;
--rollback drop trigger merged on messages;
