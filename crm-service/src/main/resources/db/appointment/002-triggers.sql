--liquibase formatted sql

--changeset crm:appointment-002-triggers
create trigger closed before update on appointments for each row
    when (old.status in ('completed', 'cancelled', 'no_show')
        and (old.scheduled_at, old.duration_minutes, old.assignee_id)
            is distinct from (new.scheduled_at, new.duration_minutes, new.assignee_id))
    execute function keep_closed_appointment();
-- That the confirmation has left is no change: the one who has just booked may still say If-Match.
create trigger next_version before update on appointments for each row
    when (old.version = new.version
        and (old.contact_id, old.service_type, old.scheduled_at, old.duration_minutes, old.assignee_id, old.status,
            old.calendar_link, old.notes, old.deleted_at)
            is distinct from (new.contact_id, new.service_type, new.scheduled_at, new.duration_minutes, new.assignee_id, new.status,
            new.calendar_link, new.notes, new.deleted_at))
    execute function next_version();
create trigger refuse_org_change before update on appointments for each row execute function refuse_org_change();
create trigger schedule before insert or update on appointments for each row execute function schedule_appointment();
create trigger status before update on appointments for each row
    when (old.status is distinct from new.status) execute function keep_appointment_status_legal();
create trigger touch before update on appointments for each row
    when (old.* is distinct from new.*) execute function touch_updated_at();
create trigger audit after insert or update or delete on appointments for each row execute function audit_change();
create trigger booked after insert on appointments for each row
    when (new.status in ('pending', 'confirmed') and new.deleted_at is null) execute function announce_booking();
create trigger changed_by_service after update on appointments for each row
    when (old.scheduled_at is distinct from new.scheduled_at
        or old.status is distinct from new.status and new.status = 'cancelled')
    execute function announce_change_by_service();
--rollback drop trigger changed_by_service on appointments;
--rollback drop trigger booked on appointments;
--rollback drop trigger audit on appointments;
--rollback drop trigger touch on appointments;
--rollback drop trigger status on appointments;
--rollback drop trigger schedule on appointments;
--rollback drop trigger refuse_org_change on appointments;
--rollback drop trigger next_version on appointments;
--rollback drop trigger closed on appointments;

--changeset crm:appointment-002-booking-rules-triggers
create trigger touch before update on booking_rules for each row
    when (old.* is distinct from new.*) execute function touch_updated_at();
create trigger refuse_org_change before update on booking_rules for each row execute function refuse_org_change();
create trigger next_version before update on booking_rules for each row
    when (old.* is distinct from new.* and old.version = new.version) execute function next_version();
create trigger audit after insert or update or delete on booking_rules for each row execute function audit_change();
--rollback drop trigger audit on booking_rules;
--rollback drop trigger next_version on booking_rules;
--rollback drop trigger refuse_org_change on booking_rules;
--rollback drop trigger touch on booking_rules;
