--liquibase formatted sql

--changeset crm:reminder-002-triggers
create trigger plan_reminders after insert on appointments for each row
    when (new.status in ('pending', 'confirmed') and new.deleted_at is null) execute function plan_reminders();
create trigger plan_reminders_again after update on appointments for each row
    when (new.deleted_at is null and new.status in ('pending', 'confirmed')
        and (old.scheduled_at is distinct from new.scheduled_at or old.deleted_at is not null))
    execute function plan_reminders();
create trigger replan_reminders_first after insert on booking_rules for each row execute function replan_reminders();
create trigger replan_reminders after update on booking_rules for each row
    when (old.reminder_minutes is distinct from new.reminder_minutes) execute function replan_reminders();
--rollback drop trigger replan_reminders on booking_rules;
--rollback drop trigger replan_reminders_first on booking_rules;
--rollback drop trigger plan_reminders_again on appointments;
--rollback drop trigger plan_reminders on appointments;
