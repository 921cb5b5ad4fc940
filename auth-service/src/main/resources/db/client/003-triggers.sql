--liquibase formatted sql

--changeset auth:client-003-directories
create trigger directory before insert or update of pin_claim on clients for each row
    when (new.pin_claim is not null) execute function sync_directory_pin();
create trigger directory after insert on client_sessions for each row execute function sync_directory_client_session();
--rollback drop trigger directory on client_sessions; drop trigger directory on clients;

--changeset auth:client-003-end-sessions
create trigger end_sessions after update on clients for each row
    when (new.pin_hash <> old.pin_hash or (old.is_active and not new.is_active)) execute function end_client_sessions();
create trigger end_client_sessions after update of status on organizations for each row
    when (old.status = 'active' and new.status = 'suspended') execute function end_sessions_of_organization();
--rollback drop trigger end_client_sessions on organizations; drop trigger end_sessions on clients;

--changeset auth:client-003-push
create trigger push_new after insert on clients for each row execute function push_client();
create trigger push_changed after update on clients for each row
    when ((new.company_name, new.is_active) is distinct from (old.company_name, old.is_active)) execute function push_client();
create trigger push_gone after delete on clients for each row execute function push_gone_client();
--rollback drop trigger push_gone on clients; drop trigger push_changed on clients; drop trigger push_new on clients;
