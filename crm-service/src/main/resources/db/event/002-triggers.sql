--liquibase formatted sql

--changeset crm:event-contact-triggers
-- The last of their triggers by name, so that what the others do is in the event.
create trigger webhook_event_created after insert on contacts for each row execute function owe_contact_event();
-- A change of lastContactAt alone is no event; a new version with no other difference is a change of numbers.
create trigger webhook_event_updated after update on contacts for each row
    when (old.version <> new.version and (
        (old.name, old.phone, old.email, old.service_interests, old.lead_score, old.lead_status, old.notes, old.is_blocked, old.metadata)
            is distinct from
            (new.name, new.phone, new.email, new.service_interests, new.lead_score, new.lead_status, new.notes, new.is_blocked, new.metadata)
        or old.last_contact_at is not distinct from new.last_contact_at and old.several_phones = new.several_phones))
    execute function owe_contact_event();
create trigger webhook_event_imported after insert or update on contact_phones for each row
    when (current_setting('app.bulk', true) = 'on' and current_setting('app.with_contact', true) is distinct from 'on')
    execute function owe_imported_phone_event();
create constraint trigger webhook_event_merged after insert on contact_merges deferrable initially deferred for each row
    execute function owe_contact_merged_event();
create trigger webhook_event_erased after insert on contact_erasures for each row execute function owe_contact_erased_event();
--rollback drop trigger webhook_event_erased on contact_erasures;
--rollback drop trigger webhook_event_merged on contact_merges;
--rollback drop trigger webhook_event_imported on contact_phones;
--rollback drop trigger webhook_event_updated on contacts;
--rollback drop trigger webhook_event_created on contacts;

--changeset crm:event-notification-triggers
create trigger webhook_event_created after insert on notifications for each row
    when ('webhook' = any (new.channels)) execute function owe_notification_event();
--rollback drop trigger webhook_event_created on notifications;

--changeset crm:event-appointment-triggers
create trigger webhook_event_booked after insert on appointments for each row
    when (new.deleted_at is null) execute function owe_appointment_event();
create trigger webhook_event_changed after update on appointments for each row
    when ((old.status, old.scheduled_at, old.duration_minutes, old.deleted_at)
        is distinct from (new.status, new.scheduled_at, new.duration_minutes, new.deleted_at))
    execute function owe_appointment_event();
--rollback drop trigger webhook_event_changed on appointments;
--rollback drop trigger webhook_event_booked on appointments;

--changeset crm:event-ticket-triggers
-- Due times that move and clocks that stop are no event; a missed due time is one.
create trigger webhook_event_created after insert on tickets for each row execute function owe_ticket_event();
create trigger webhook_event_updated after update on tickets for each row
    when ((old.title, old.description, old.status, old.priority, old.customer_id, old.contact_id, old.assigned_agent_id,
            old.assigned_team_id, old.tags, old.metadata, old.first_responded_at, old.merged_into_id,
            old.first_response_breached_at, old.resolution_breached_at)
        is distinct from
        (new.title, new.description, new.status, new.priority, new.customer_id, new.contact_id, new.assigned_agent_id,
            new.assigned_team_id, new.tags, new.metadata, new.first_responded_at, new.merged_into_id,
            new.first_response_breached_at, new.resolution_breached_at))
    execute function owe_ticket_event();
--rollback drop trigger webhook_event_updated on tickets;
--rollback drop trigger webhook_event_created on tickets;
