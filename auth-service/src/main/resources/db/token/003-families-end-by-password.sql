--liquibase formatted sql

--changeset auth:token-003-families-end-by-password
-- A new password is one more reason for the end of a family.
alter table refresh_families drop constraint refresh_families_revoked_because_check;
alter table refresh_families add constraint refresh_families_revoked_because_check check (revoked_because in
    ('signed_out', 'reused', 'user_disabled', 'organization_suspended', 'password_changed', 'password_reset'));
--rollback update refresh_families set revoked_because = 'signed_out' where revoked_because in ('password_changed', 'password_reset');
--rollback alter table refresh_families drop constraint refresh_families_revoked_because_check;
--rollback alter table refresh_families add constraint refresh_families_revoked_because_check check (revoked_because in ('signed_out', 'reused', 'user_disabled', 'organization_suspended'));
