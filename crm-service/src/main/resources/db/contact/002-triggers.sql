--liquibase formatted sql

--changeset crm:contact-002-triggers
-- An update that changes nothing, such as a call's report that comes again, leaves time and version alone.
create trigger touch before update on contacts for each row
    when (old.* is distinct from new.*) execute function touch_updated_at();
create trigger refuse_org_change before update on contacts for each row execute function refuse_org_change();
create trigger next_version before update on contacts for each row
    when (old.* is distinct from new.* and old.version = new.version) execute function next_version();
create trigger audit after insert or update or delete on contacts for each row execute function audit_change();
create trigger lead_status before update on contacts for each row
    when (old.lead_status is distinct from new.lead_status) execute function keep_lead_status_legal();
create trigger hot_from_the_start after insert on contacts for each row
    when (new.lead_score = 'hot') execute function announce_hot_lead();
create trigger turned_hot after update on contacts for each row
    when (new.lead_score = 'hot' and old.lead_score is distinct from 'hot') execute function announce_hot_lead();
--rollback drop trigger turned_hot on contacts;
--rollback drop trigger hot_from_the_start on contacts;
--rollback drop trigger lead_status on contacts;
--rollback drop trigger audit on contacts;
--rollback drop trigger next_version on contacts;
--rollback drop trigger refuse_org_change on contacts;
--rollback drop trigger touch on contacts;
