--liquibase formatted sql

--changeset voice:client-active-client-id runOnChange:true splitStatements:false
-- The PIN client who asks, for policies; null for one that is switched off. A client that is not known here is taken for active: its
-- copy has not arrived yet, and auth-service gives tokens to active ones only.
create or replace function active_client_id() returns uuid language sql stable as $$
    select current_client_id() where not exists (
        select from clients k where k.org_id = current_org_id() and k.id = current_client_id() and not k.is_active)
$$;
--rollback drop function active_client_id();
