--liquibase formatted sql

--changeset auth:client-011-lock
-- Signing in locks the client's own row against a new PIN, which takes the right to update it: to lock it, not to change it.
alter policy own_org_update on clients
    using (org_id = (select current_org_id())
        and ((select current_role_name()) = 'admin' or id = (select current_client_id())))
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'admin');
--rollback alter policy own_org_update on clients
--rollback     using (org_id = (select current_org_id()) and (select current_role_name()) = 'admin')
--rollback     with check (org_id = (select current_org_id()));
