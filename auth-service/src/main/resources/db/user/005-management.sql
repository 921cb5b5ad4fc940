--liquibase formatted sql

--changeset auth:user-005-newest
create index users_newest on users (org_id, created_at desc, id desc);
create index users_by_id on users (id); -- find_user alone looks past the organization
--rollback drop index users_by_id;
--rollback drop index users_newest;

--changeset auth:user-005-delete
create policy own_org_delete on users for delete to auth_app
    using (org_id = (select current_org_id()) and (select current_role_name()) = 'admin');
grant delete on users to auth_app;
--rollback revoke delete on users from auth_app; drop policy own_org_delete on users;

--changeset auth:user-005-last-admin splitStatements:false
-- An organization that has an active admin keeps one, the platform an operator. Fails with last_admin. Those who step down
-- at once do so one after the other: each waits for the lock and sees then what the ones before it left.
create function keep_an_admin() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('auth.admins:' || old.org_id, 0));
    if exists (select from organizations o where o.org_id = old.org_id and o.id = old.org_id) -- not where it goes as a whole
        and not exists (
            select from users u
            where u.org_id = old.org_id and u.id <> old.id and u.is_active and u.role in ('admin', 'platform_admin'))
    then
        raise exception using errcode = 'SB409', constraint = 'last_admin',
            message = 'the last active admin of an organization stays';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    return new;
end
$$;
create trigger keep_an_admin before update of role, is_active on users for each row
    when (old.is_active and old.role in ('admin', 'platform_admin')
        and not (new.is_active and new.role in ('admin', 'platform_admin')))
    execute function keep_an_admin();
create trigger keep_an_admin_on_delete before delete on users for each row
    when (old.is_active and old.role in ('admin', 'platform_admin')) execute function keep_an_admin();
--rollback drop trigger keep_an_admin_on_delete on users; drop trigger keep_an_admin on users; drop function keep_an_admin();

--changeset auth:user-005-push-gone splitStatements:false
-- Owes crm and voice the end of a person: switched off for good, and newer than whatever is still on its way.
create function push_gone_member() returns trigger language plpgsql as $$
begin
    insert into outbox (org_id, destination, event)
    select old.org_id, peer, jsonb_build_object(
        'method', 'PUT',
        'path', '/internal/members/' || old.id,
        'body', jsonb_build_object(
            'name', old.full_name,
            'email', old.email,
            'role', old.role,
            'isActive', false,
            'subscriptionTier', old.subscription_tier,
            'maxAgents', old.max_agents,
            'monthlyTokenQuota', old.monthly_token_quota,
            'version', old.version + 1))
    from unnest(array['crm-service', 'voice-service']) peer;
    return null;
end
$$;
create trigger push_gone after delete on users for each row
    when (old.org_id <> '00000000-0000-7000-8000-000000000000') execute function push_gone_member();
--rollback drop trigger push_gone on users; drop function push_gone_member();

--changeset auth:user-005-find-user splitStatements:false
-- Which organization a user is of, for operators; everything else is seen and done within it.
create function find_user(id uuid) returns table (org_id uuid)
    language sql stable security definer set search_path = auth, pg_temp as $$
    select u.org_id from users u where u.id = find_user.id and current_role_name() = 'platform_admin'
$$;
revoke all on function find_user(uuid) from public;
grant execute on function find_user(uuid) to auth_app;
--rollback drop function find_user(uuid);

--changeset auth:user-005-first-invitation
-- The first admin of an organization that an operator founds is invited by the service, there being nobody else.
alter policy own_org_insert on invitations
    with check (org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'));
--rollback alter policy own_org_insert on invitations with check (org_id = (select current_org_id()) and (select current_role_name()) = 'admin');
