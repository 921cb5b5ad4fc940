--liquibase formatted sql

--changeset auth:function-claim-slug splitStatements:false runOnChange:true
-- The slug for the current organization: the one wished for, else with a suffix, since names may repeat.
create or replace function claim_slug(wish text) returns text
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    candidate text := wish;
begin
    loop
        insert into directory_slugs (key, org_id, id) values (candidate, current_org_id(), current_org_id())
            on conflict (key) do nothing;
        if found then
            return candidate;
        end if;
        candidate := wish || '-' || left(gen_random_uuid()::text, 6);
    end loop;
end
$$;
revoke all on function claim_slug(text) from public;
grant execute on function claim_slug(text) to ${schema}_app;
--rollback drop function claim_slug(text);

--changeset auth:function-is-time-zone splitStatements:false runOnChange:true
-- Whether the database knows the IANA zone by this very name. It also takes abbreviations and made-up zones, which are none.
create or replace function is_time_zone(zone_name text) returns boolean language sql stable as $$
    select exists (select from pg_timezone_names z where z.name = zone_name and z.name ~ '^[A-Z]' and z.name <> 'Factory')
$$;
revoke all on function is_time_zone(text) from public;
grant execute on function is_time_zone(text) to ${schema}_app;
--rollback drop function is_time_zone(text);

--changeset auth:function-organization-copy splitStatements:false runOnChange:true
-- What crm and voice keep of an organization, as they get it by PUT and on demand.
create or replace function organization_copy(organization organizations) returns jsonb
    language sql immutable set search_path = ${schema}, pg_temp as $$
    select jsonb_build_object(
        'timeZone', organization.time_zone,
        'defaultRegion', organization.default_region,
        'businessHours', organization.business_hours,
        'closures', organization.closures,
        'isActive', organization.status = 'active',
        'version', organization.version)
$$;
revoke all on function organization_copy(organizations) from public;
grant execute on function organization_copy(organizations) to ${schema}_app;
--rollback drop function organization_copy(organizations);

--changeset auth:function-push-organization splitStatements:false runOnChange:true
-- Owes crm and voice each change of the settings that they keep a copy of, in the same transaction.
create or replace function push_organization() returns trigger language plpgsql as $$
begin
    insert into outbox (org_id, destination, event)
    select new.org_id, peer, jsonb_build_object(
        'method', 'PUT', 'path', '/internal/organization', 'body', organization_copy(new))
    from unnest(array['crm-service', 'voice-service']) peer;
    return null;
end
$$;
--rollback drop function push_organization();

--changeset auth:function-list-organizations splitStatements:false runOnChange:true
-- What operators see of all organizations; the rest is seen and done within one.
create or replace function list_organizations(before timestamptz, before_id uuid, at_most int)
    returns table (id uuid, name text, slug text, status text, created_at timestamptz, updated_at timestamptz)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
    select o.id, o.name, o.slug, o.status::text, o.created_at, o.updated_at
    from organizations o
    where (o.created_at, o.id)
            < (coalesce(before, 'infinity'), coalesce(before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        and (select current_role_name()) = 'platform_admin'
    order by o.created_at desc, o.id desc limit at_most
$$;
revoke all on function list_organizations(timestamptz, uuid, int) from public;
grant execute on function list_organizations(timestamptz, uuid, int) to ${schema}_app;
--rollback drop function list_organizations(timestamptz, uuid, int);

--changeset auth:view-organization-accounts runOnChange:true
-- What other features may read of an organization.
create or replace view organization_accounts with (security_invoker = true) as
    select o.org_id, o.id, o.name, o.require_totp, o.status = 'active' as is_active from organizations o;
grant select on organization_accounts to ${schema}_app;
--rollback drop view organization_accounts;

--changeset auth:function-lock-active-organization splitStatements:false runOnChange:true
-- The current organization, if it is active; it cannot be suspended before the transaction ends.
create or replace function lock_active_organization() returns table (id uuid)
    language sql set search_path = ${schema}, pg_temp as $$
    select o.id from organizations o where o.org_id = current_org_id() and o.id = current_org_id() and o.status = 'active' for share
$$;
revoke all on function lock_active_organization() from public;
grant execute on function lock_active_organization() to ${schema}_app;
--rollback drop function lock_active_organization();
