--liquibase formatted sql

--changeset auth:organization-006-lock
-- Signing in locks the organization against being suspended meanwhile, which takes the right to update it: to lock it, not to
-- change it.
alter policy own_org_update on organizations
    using (org_id = (select current_org_id()))
    with check (org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'));
--rollback alter policy own_org_update on organizations
--rollback     using (org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'))
--rollback     with check (org_id = (select current_org_id()));
