--liquibase formatted sql

--changeset auth:view-confirmed-factors runOnChange:true
-- The users with a second factor that signing in asks for.
create or replace view confirmed_factors with (security_invoker = true) as
    select t.org_id, t.id from user_totp t where t.confirmed_at is not null;
grant select on confirmed_factors to ${schema}_app;
--rollback drop view confirmed_factors;

--changeset auth:function-claim-outdated-user-totp splitStatements:false runOnChange:true
-- The TOTP secrets that another master key than the current one protects, of every tenant; leased, so that replicas share the work and a row that does not open holds up no other. Each is then
-- rewritten within its tenant.
create or replace function claim_outdated_user_totp(current_version bigint, at_most int) returns table (org_id uuid, id uuid)
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with outdated as (
        select s.org_id, s.id from user_totp s
        where (s.key_version < current_version or s.key_version > current_version) and s.lease_until < now()
        order by s.lease_until, s.id limit least(at_most, 1000)
        for update skip locked
    )
    update user_totp t set lease_until = now() + interval '10 minutes'
    from outdated o where t.org_id = o.org_id and t.id = o.id
    returning t.org_id, t.id
$$;
revoke all on function claim_outdated_user_totp(bigint, int) from public;
grant execute on function claim_outdated_user_totp(bigint, int) to ${schema}_app;
--rollback drop function claim_outdated_user_totp(bigint, int);
