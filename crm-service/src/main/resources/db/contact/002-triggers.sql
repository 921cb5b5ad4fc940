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
create trigger several_phones before insert on contacts for each row execute function find_several_phones();
create trigger phone_added after insert on contacts for each row
    when (new.phone is not null) execute function keep_main_phone();
create trigger phone_changed after update on contacts for each row
    when (old.phone is distinct from new.phone) execute function keep_main_phone();
--rollback drop trigger phone_changed on contacts;
--rollback drop trigger phone_added on contacts;
--rollback drop trigger several_phones on contacts;
--rollback drop trigger turned_hot on contacts;
--rollback drop trigger hot_from_the_start on contacts;
--rollback drop trigger lead_status on contacts;
--rollback drop trigger audit on contacts;
--rollback drop trigger next_version on contacts;
--rollback drop trigger refuse_org_change on contacts;
--rollback drop trigger touch on contacts;

--changeset crm:contact-002-phone-triggers
create trigger refuse_org_change before update on contact_phones for each row execute function refuse_org_change();
-- The main number that comes with its contact is in the contact's event: see keep_main_phone, and the upserts.
create trigger audit after insert or update or delete on contact_phones for each row
    when (current_setting('app.with_contact', true) is distinct from 'on') execute function audit_change();
create trigger further_phone after insert or update on contact_phones for each row
    when (current_setting('app.with_contact', true) is distinct from 'on') execute function mark_several_phones();
create trigger main_phone_left after delete on contact_phones for each row execute function replace_main_phone();
create trigger main_phone_moved after update on contact_phones for each row
    when (old.phone <> new.phone or old.contact_id <> new.contact_id) execute function replace_main_phone();
--rollback drop trigger main_phone_moved on contact_phones;
--rollback drop trigger main_phone_left on contact_phones;
--rollback drop trigger further_phone on contact_phones;
--rollback drop trigger audit on contact_phones;
--rollback drop trigger refuse_org_change on contact_phones;

--changeset crm:contact-002-note-triggers
create trigger refuse_org_change before update on contact_notes for each row execute function refuse_org_change();
create trigger audit after insert or update or delete on contact_notes for each row execute function audit_change();
--rollback drop trigger audit on contact_notes;
--rollback drop trigger refuse_org_change on contact_notes;
