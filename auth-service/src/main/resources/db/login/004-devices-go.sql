--liquibase formatted sql

--changeset auth:login-004-devices-go
-- A user has so many known devices, the oldest goes; after a reset of the password, or an admin's unlocking, there are none.
alter policy own_org_select on device_tokens
    using (org_id = (select current_org_id())
        and ((select current_role_name()) = 'admin' or user_id = (select current_user_id())));
create policy own_org_delete on device_tokens for delete to auth_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) = 'admin' or user_id = (select current_user_id())));
grant delete on device_tokens to auth_app;
--rollback revoke delete on device_tokens from auth_app;
--rollback drop policy own_org_delete on device_tokens;
--rollback alter policy own_org_select on device_tokens using (org_id = (select current_org_id()) and user_id = (select current_user_id()));
