--liquibase formatted sql

--changeset crm:ticket-002-triggers
-- Triggers of a kind fire in the order of their names: life comes before all that looks at the times it keeps.
create trigger counter before insert on tickets for each row execute function number_ticket();
create trigger life_begins before insert on tickets for each row execute function follow_ticket_status();
create trigger life_goes_on before update on tickets for each row
    when (old.status is distinct from new.status) execute function follow_ticket_status();
create trigger next_version before update on tickets for each row
    when (old.* is distinct from new.* and old.version = new.version) execute function next_version();
create trigger refuse_org_change before update on tickets for each row execute function refuse_org_change();
create trigger touch before update on tickets for each row
    when (old.* is distinct from new.*) execute function touch_updated_at();
create trigger audit after insert or update or delete on tickets for each row execute function audit_change();
--rollback drop trigger audit on tickets;
--rollback drop trigger touch on tickets;
--rollback drop trigger refuse_org_change on tickets;
--rollback drop trigger next_version on tickets;
--rollback drop trigger life_goes_on on tickets;
--rollback drop trigger life_begins on tickets;
--rollback drop trigger counter on tickets;

--changeset crm:ticket-002-message-triggers
-- answered before announced: what a closed ticket does not take is told to no one.
create trigger answered after insert on messages for each row execute function follow_message();
create trigger announced after insert on messages for each row
    when (new.type <> 'system') execute function announce_message();
create trigger audit after insert or update or delete on messages for each row execute function audit_change();
create trigger refuse_org_change before update on messages for each row execute function refuse_org_change();
create trigger touch before update on messages for each row
    when (old.* is distinct from new.*) execute function touch_updated_at();
--rollback drop trigger touch on messages;
--rollback drop trigger refuse_org_change on messages;
--rollback drop trigger audit on messages;
--rollback drop trigger announced on messages;
--rollback drop trigger answered on messages;
