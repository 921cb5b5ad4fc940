--liquibase formatted sql

--changeset auth:view-confirmed-factors runOnChange:true
-- The users with a second factor that signing in asks for.
create or replace view confirmed_factors with (security_invoker = true) as
    select t.org_id, t.id from user_totp t where t.confirmed_at is not null;
grant select on confirmed_factors to ${schema}_app;
--rollback drop view confirmed_factors;
