--liquibase formatted sql

--changeset auth:function-claim-outdated-api-keys splitStatements:false runOnChange:true
-- The API keys that another master key than the current one protects, of every tenant; leased, so that replicas share the work and a row that does not open holds up no other. Each is then
-- rewritten within its tenant.
create or replace function claim_outdated_api_keys(current_version bigint, at_most int) returns table (org_id uuid, id uuid)
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with outdated as (
        select s.org_id, s.id from api_keys s
        where (s.key_version < current_version or s.key_version > current_version) and s.lease_until < now()
        order by s.lease_until, s.id limit least(at_most, 1000)
        for update skip locked
    )
    update api_keys t set lease_until = now() + interval '10 minutes'
    from outdated o where t.org_id = o.org_id and t.id = o.id
    returning t.org_id, t.id
$$;
revoke all on function claim_outdated_api_keys(bigint, int) from public;
grant execute on function claim_outdated_api_keys(bigint, int) to ${schema}_app;
--rollback drop function claim_outdated_api_keys(bigint, int);
