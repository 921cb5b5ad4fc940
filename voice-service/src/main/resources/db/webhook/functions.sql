--liquibase formatted sql

--changeset voice:webhook-list-endpoint runOnChange:true splitStatements:false
create or replace function list_webhook_endpoint() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
begin
    insert into directory_webhook_endpoints (id, org_id) values (new.id, new.org_id);
    return null;
end
$$;
revoke all on function list_webhook_endpoint() from public;
create or replace trigger listed after insert on webhook_endpoints for each row execute function list_webhook_endpoint();
--rollback drop trigger listed on webhook_endpoints;
--rollback drop function list_webhook_endpoint();

--changeset voice:webhook-resolve-endpoint runOnChange:true splitStatements:false
-- What verifies a delivery before any tenant is known. The secrets are sealed, so this discloses no secret. A suspended
-- organization has no endpoints until it is active again.
create or replace function resolve_webhook_endpoint(endpoint uuid) returns table (
        org_id uuid, provider text, secret bytea, previous_secret bytea, previous_valid_until timestamptz, options jsonb)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
    select e.org_id, e.provider, e.secret,
        case when e.previous_valid_until > now() then e.previous_secret end,
        case when e.previous_valid_until > now() then e.previous_valid_until end,
        e.options
    from directory_webhook_endpoints d join webhook_endpoints e on e.org_id = d.org_id and e.id = d.id
    where d.id = endpoint
        and not exists (select from organization_settings s where s.org_id = d.org_id and s.id = d.org_id and not s.is_active)
$$;
revoke all on function resolve_webhook_endpoint(uuid) from public;
grant execute on function resolve_webhook_endpoint(uuid) to ${schema}_app;
--rollback drop function resolve_webhook_endpoint(uuid);

--changeset voice:function-claim-outdated-webhook-endpoints splitStatements:false runOnChange:true
-- The endpoints with a secret that another master key than the current one protects, of every tenant; leased, so that replicas share the work and a row that does not open holds up no other. Each is then
-- rewritten within its tenant.
create or replace function claim_outdated_webhook_endpoints(current_version bigint, at_most int) returns table (org_id uuid, id uuid)
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with outdated as (
        select s.org_id, s.id from webhook_endpoints s
        where (s.key_version < current_version or s.key_version > current_version) and s.lease_until < now()
        order by s.lease_until, s.id limit least(at_most, 1000)
        for update skip locked
    )
    update webhook_endpoints t set lease_until = now() + interval '10 minutes'
    from outdated o where t.org_id = o.org_id and t.id = o.id
    returning t.org_id, t.id
$$;
revoke all on function claim_outdated_webhook_endpoints(bigint, int) from public;
grant execute on function claim_outdated_webhook_endpoints(bigint, int) to ${schema}_app;
--rollback drop function claim_outdated_webhook_endpoints(bigint, int);
