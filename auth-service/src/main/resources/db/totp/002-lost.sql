--liquibase formatted sql

--changeset auth:totp-002-lost
-- Operators take a lost one away in whichever organization, where they act through the service.
alter policy own_org_delete on user_totp
    using (org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service') or id = (select current_user_id())));
--rollback alter policy own_org_delete on user_totp
--rollback     using (org_id = (select current_org_id())
--rollback         and ((select current_role_name()) = 'admin' or id = (select current_user_id())));
