--liquibase formatted sql

--changeset auth:function-sync-directory-email splitStatements:false runOnChange:true
-- Fails with email_taken.
create or replace function sync_directory_email() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
begin
    if tg_op = 'UPDATE' then
        delete from directory_emails d where d.org_id = old.org_id and d.id = old.id;
    end if;
    insert into directory_emails (key, org_id, id) values (new.email, new.org_id, new.id);
    return null;
end
$$;
revoke all on function sync_directory_email() from public;
--rollback drop function sync_directory_email();

--changeset auth:function-guard-invitation splitStatements:false runOnChange:true
-- A pending invitation is accepted, is revoked or expires, and stays so. Fails with invitation_ended.
create or replace function guard_invitation() returns trigger language plpgsql as $$
begin
    raise exception using errcode = 'SB409', constraint = 'invitation_ended',
        message = 'invitation_ended: an invitation that is ' || old.status || ' stays so';
end
$$;
--rollback drop function guard_invitation();

--changeset auth:function-guard-invited-email splitStatements:false runOnChange:true
-- Fails with email_taken if any organization has a user of this e-mail; the caller throttles what this tells. An earlier
-- invitation of the same e-mail is revoked; one whose time is over has expired, also where that is not written down yet.
create or replace function guard_invited_email() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
begin
    if exists (select from directory_emails d where d.key = new.email) then
        raise exception using errcode = 'unique_violation', constraint = 'email_taken',
            message = 'email_taken: a user has this e-mail already';
    end if;
    update invitations i
    set status = case when i.expires_at <= now() then 'expired' else 'revoked' end::invitation_status, version = i.version + 1
    where i.org_id = new.org_id and i.email = new.email and i.status = 'pending';
    return new;
end
$$;
revoke all on function guard_invited_email() from public;
--rollback drop function guard_invited_email();

--changeset auth:function-sync-directory-invitation splitStatements:false runOnChange:true
create or replace function sync_directory_invitation() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
begin
    insert into directory_invitations (key, org_id, id) values (new.token_hash, new.org_id, new.id);
    return null;
end
$$;
revoke all on function sync_directory_invitation() from public;
--rollback drop function sync_directory_invitation();

--changeset auth:function-find-invitation splitStatements:false runOnChange:true
-- Whose invitation a token is; whether it still stands is seen within the tenant.
create or replace function find_invitation(hash bytea) returns table (org_id uuid, id uuid)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
    select d.org_id, d.id from directory_invitations d where d.key = hash
$$;
revoke all on function find_invitation(bytea) from public;
grant execute on function find_invitation(bytea) to ${schema}_app;
--rollback drop function find_invitation(bytea);

--changeset auth:function-expire-invitations splitStatements:false runOnChange:true
-- Marks at most 1,000 invitations that were not accepted in time as expired and says how many; they stay.
create or replace function expire_invitations() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with expired as (
        update invitations set status = 'expired', version = version + 1 where ctid = any (array(
            select ctid from invitations where status = 'pending' and expires_at < now()
            order by expires_at limit 1000 for update skip locked))
        returning 1
    )
    select count(*)::int from expired
$$;
revoke all on function expire_invitations() from public;
grant execute on function expire_invitations() to ${schema}_app;
--rollback drop function expire_invitations();

--changeset auth:function-member-copy splitStatements:false runOnChange:true
-- What crm and voice keep of a user, as they get it by PUT and on demand.
create or replace function member_copy(member users) returns jsonb
    language sql immutable set search_path = ${schema}, pg_temp as $$
    select jsonb_build_object(
        'name', member.full_name,
        'email', member.email,
        'role', member.role,
        'isActive', member.is_active,
        'subscriptionTier', member.subscription_tier,
        'maxAgents', member.max_agents,
        'monthlyTokenQuota', member.monthly_token_quota,
        'version', member.version)
$$;
revoke all on function member_copy(users) from public;
grant execute on function member_copy(users) to ${schema}_app;
--rollback drop function member_copy(users);

--changeset auth:function-push-member splitStatements:false runOnChange:true
-- Owes crm and voice each change of what they keep of a user, in the same transaction.
create or replace function push_member() returns trigger language plpgsql as $$
begin
    insert into outbox (org_id, destination, event)
    select new.org_id, peer, jsonb_build_object(
        'method', 'PUT', 'path', '/internal/members/' || new.id, 'body', member_copy(new))
    from unnest(array['crm-service', 'voice-service']) peer;
    return null;
end
$$;
--rollback drop function push_member();

--changeset auth:function-push-gone-member splitStatements:false runOnChange:true
-- Owes crm and voice the deletion of a user: switched off, with a version that is newer than every push under way.
create or replace function push_gone_member() returns trigger language plpgsql as $$
begin
    insert into outbox (org_id, destination, event)
    select old.org_id, peer, jsonb_build_object(
        'method', 'PUT',
        'path', '/internal/members/' || old.id,
        'body', member_copy(old) || jsonb_build_object('isActive', false, 'version', old.version + 1))
    from unnest(array['crm-service', 'voice-service']) peer;
    return null;
end
$$;
--rollback drop function push_gone_member();

--changeset auth:function-keep-an-admin splitStatements:false runOnChange:true
-- An organization that has an active admin keeps one, the platform an operator. Fails with last_admin. Those who step down
-- at once do so one after the other: each waits for the lock and sees then what the ones before it left. Runs as the owner,
-- since app roles may not take advisory locks.
create or replace function keep_an_admin() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('auth.admins:' || old.org_id, 0));
    if exists (select from organizations o where o.org_id = old.org_id and o.id = old.org_id) -- not where it goes as a whole
        and not exists (
            select from users u
            where u.org_id = old.org_id and u.id <> old.id and u.is_active and u.role in ('admin', 'platform_admin'))
    then
        raise exception using errcode = 'SB409', constraint = 'last_admin',
            message = 'last_admin: the last active admin of an organization stays';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    return new;
end
$$;
revoke all on function keep_an_admin() from public;
--rollback drop function keep_an_admin();

--changeset auth:function-guard-metadata splitStatements:false runOnChange:true
-- The second wall: the service refuses more than 16 KiB itself. Only a change of the metadata is held against it, so that
-- rows which are longer from before keep all their other changes, such as signing in.
create or replace function guard_metadata() returns trigger language plpgsql as $$
begin
    if octet_length(new.metadata::text) > 32768 then
        raise exception using errcode = 'check_violation', constraint = 'metadata_too_large',
            message = 'metadata_too_large: metadata of more than 32 KiB';
    end if;
    return new;
end
$$;
--rollback drop function guard_metadata();

--changeset auth:function-find-user splitStatements:false runOnChange:true
-- Which organization a user is of, for operators; everything else is seen and done within it.
create or replace function find_user(id uuid) returns table (org_id uuid)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
    select u.org_id from users u where u.id = find_user.id and current_role_name() = 'platform_admin'
$$;
revoke all on function find_user(uuid) from public;
grant execute on function find_user(uuid) to ${schema}_app;
--rollback drop function find_user(uuid);

--changeset auth:view-user-accounts runOnChange:true
-- What other features may read of a user: whether the user may sign in depends on the organization, too.
create or replace view user_accounts with (security_invoker = true) as
    select u.org_id, u.id, u.email, u.full_name, u.avatar_url, u.role, u.metadata, u.subscription_tier, u.max_agents,
        u.monthly_token_quota, u.is_active, u.last_login_at, u.created_at, u.updated_at, u.version, u.password_hash,
        o.require_totp, u.is_active and o.is_active as may_sign_in
    from users u join organization_accounts o on o.org_id = u.org_id and o.id = u.org_id;
grant select on user_accounts to ${schema}_app;
--rollback drop view user_accounts;

--changeset auth:function-record-sign-in splitStatements:false runOnChange:true
-- Notes the time of a sign-in and answers the user. No row if user or organization have been switched off, or the password has
-- been changed, since the password was checked: the locks wait for such a change. No checked hash: any password will do.
create or replace function record_sign_in(user_id uuid, checked_hash text) returns setof users
    language sql set search_path = ${schema}, pg_temp as $$
    update users u set last_login_at = now() from lock_active_organization()
    where u.org_id = current_org_id() and u.id = user_id and u.is_active
        and (checked_hash is null or u.password_hash = checked_hash)
    returning u.*
$$;
revoke all on function record_sign_in(uuid, text) from public;
grant execute on function record_sign_in(uuid, text) to ${schema}_app;
--rollback drop function record_sign_in(uuid, text);

--changeset auth:function-set-password-hash splitStatements:false runOnChange:true
-- Gives a user a new password. No row if the password is not the checked one any more; no checked hash: any will do.
create or replace function set_password_hash(user_id uuid, hash text, checked_hash text) returns table (id uuid)
    language sql set search_path = ${schema}, pg_temp as $$
    update users u set password_hash = hash
    where u.org_id = current_org_id() and u.id = user_id and (checked_hash is null or u.password_hash = checked_hash)
    returning u.id
$$;
revoke all on function set_password_hash(uuid, text, text) from public;
grant execute on function set_password_hash(uuid, text, text) to ${schema}_app;
--rollback drop function set_password_hash(uuid, text, text);
