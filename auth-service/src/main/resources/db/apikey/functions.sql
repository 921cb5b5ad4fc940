--liquibase formatted sql

--changeset auth:function-claim-outdated-api-keys splitStatements:false runOnChange:true
-- Which keys are still wrapped by another master key than the current one, of every tenant; leased, so that replicas share
-- the work and one that cannot be renewed does not stand in the way of others. Each is then rewritten within its tenant.
create or replace function claim_outdated_api_keys(current_version bigint, at_most int) returns table (org_id uuid, id uuid)
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with outdated as (
        select k.org_id, k.id from api_keys k
        where (k.key_version < current_version or k.key_version > current_version) and k.lease_until < now()
        order by k.lease_until, k.id limit at_most
        for update skip locked
    )
    update api_keys k set lease_until = now() + interval '10 minutes'
    from outdated o where k.org_id = o.org_id and k.id = o.id
    returning k.org_id, k.id
$$;
revoke all on function claim_outdated_api_keys(bigint, int) from public;
grant execute on function claim_outdated_api_keys(bigint, int) to ${schema}_app;
--rollback drop function claim_outdated_api_keys(bigint, int);
