--liquibase formatted sql

--changeset auth:login-004-devices-go
-- A user has so many known devices, the oldest goes; and after a reset of the password there are none.
create policy own_org_delete on device_tokens for delete to auth_app
    using (org_id = (select current_org_id()) and user_id = (select current_user_id()));
grant delete on device_tokens to auth_app;
--rollback revoke delete on device_tokens from auth_app;
--rollback drop policy own_org_delete on device_tokens;
