--liquibase formatted sql

--changeset crm:notification-002-triggers
create trigger touch before update on notifications for each row
    when (old.* is distinct from new.*) execute function touch_updated_at();
create trigger refuse_org_change before update on notifications for each row execute function refuse_org_change();
create trigger status before update on notifications for each row
    when (new.status < old.status) execute function keep_notification_status_legal();
create trigger audit after insert or update or delete on notifications for each row execute function audit_change();
create trigger mail after insert on notifications for each row
    when ('email' = any (new.channels)) execute function mail_notification();
--rollback drop trigger mail on notifications;
--rollback drop trigger audit on notifications;
--rollback drop trigger status on notifications;
--rollback drop trigger refuse_org_change on notifications;
--rollback drop trigger touch on notifications;

--changeset crm:notification-002-preference-triggers
create trigger touch before update on notification_preferences for each row
    when (old.* is distinct from new.*) execute function touch_updated_at();
create trigger refuse_org_change before update on notification_preferences for each row execute function refuse_org_change();
create trigger audit after insert or update or delete on notification_preferences for each row execute function audit_change();
--rollback drop trigger audit on notification_preferences;
--rollback drop trigger refuse_org_change on notification_preferences;
--rollback drop trigger touch on notification_preferences;
