--liquibase formatted sql

--changeset auth:view-valid-access-keys runOnChange:true
-- The access keys that are neither revoked nor expired.
create or replace view valid_access_keys with (security_invoker = true) as
    select k.org_id, k.id, k.role from access_keys k where k.revoked_at is null and k.expires_at > now();
grant select on valid_access_keys to ${schema}_app;
--rollback drop view valid_access_keys;
