--liquibase formatted sql

--changeset auth:organization-005-platform-stays
alter table organizations add constraint platform_stays_active
    check (status = 'active' or org_id <> '00000000-0000-7000-8000-000000000000');
--rollback alter table organizations drop constraint platform_stays_active;

--changeset auth:organization-005-newest
create index organizations_newest on organizations (created_at desc, id desc); -- list_organizations alone looks across
--rollback drop index organizations_newest;

--changeset auth:organization-005-list splitStatements:false
-- What operators see of all organizations; the rest is seen and done within one.
create function list_organizations(before timestamptz, before_id uuid, at_most int)
    returns table (id uuid, name text, slug text, status text, created_at timestamptz, updated_at timestamptz)
    language sql stable security definer set search_path = auth, pg_temp as $$
    select o.id, o.name, o.slug, o.status::text, o.created_at, o.updated_at
    from organizations o
    where (o.created_at, o.id)
            < (coalesce(before, 'infinity'), coalesce(before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        and (select current_role_name()) = 'platform_admin'
    order by o.created_at desc, o.id desc limit at_most
$$;
revoke all on function list_organizations(timestamptz, uuid, int) from public;
grant execute on function list_organizations(timestamptz, uuid, int) to auth_app;
--rollback drop function list_organizations(timestamptz, uuid, int);
