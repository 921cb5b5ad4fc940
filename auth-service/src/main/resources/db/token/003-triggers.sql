--liquibase formatted sql

--changeset auth:token-003-end-families
create trigger end_families after update of is_active on users for each row
    when (old.is_active and not new.is_active) execute function end_refresh_families();
create trigger end_families after update of status on organizations for each row
    when (old.status = 'active' and new.status = 'suspended') execute function end_refresh_families();
--rollback drop trigger end_families on organizations; drop trigger end_families on users;
