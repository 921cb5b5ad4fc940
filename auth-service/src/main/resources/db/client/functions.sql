--liquibase formatted sql

--changeset auth:function-sync-directory-pin splitStatements:false runOnChange:true
-- Gives a client the PIN that it claims: 32 bytes of its key under the newest pepper, then those under older ones, which
-- are in use until their owners get new PINs. Fails with client_pin_taken; what this tells is throttled by the caller.
create or replace function sync_directory_pin() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
begin
    delete from directory_pins d where d.org_id = new.org_id and d.id = new.id;
    for older in 1 .. octet_length(new.pin_claim) / 32 - 1 loop
        if exists (select from directory_pins d where d.key = substring(new.pin_claim from older * 32 + 1 for 32)) then
            raise exception using errcode = 'unique_violation', constraint = 'client_pin_taken',
                message = 'client_pin_taken: another client has this PIN';
        end if;
    end loop;
    insert into directory_pins (key, org_id, id) values (substring(new.pin_claim for 32), new.org_id, new.id);
    new.pin_claim := null;
    return new;
end
$$;
revoke all on function sync_directory_pin() from public;
--rollback drop function sync_directory_pin();

--changeset auth:function-authenticate-pin splitStatements:false runOnChange:true
-- Counts the attempt, then names the client that the PIN may belong to; the PIN itself is checked within that tenant.
create or replace function authenticate_pin(keys bytea[], slug text, limits jsonb,
        out reserved_at timestamptz, out refused attempt_scope, out retry_after int, out org_id uuid, out id uuid)
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
begin
    select r.reserved_at, r.refused, r.retry_after into reserved_at, refused, retry_after from reserve_attempt(limits) r;
    if refused is null then
        select d.org_id, d.id into org_id, id from directory_pins d
        where d.key = any (keys)
            and (slug is null or d.org_id = (select s.org_id from directory_slugs s where s.key = slug));
    end if;
end
$$;
revoke all on function authenticate_pin(bytea[], text, jsonb) from public;
grant execute on function authenticate_pin(bytea[], text, jsonb) to ${schema}_app;
--rollback drop function authenticate_pin(bytea[], text, jsonb);

--changeset auth:function-end-client-sessions splitStatements:false runOnChange:true
-- A new PIN, or being switched off, ends a client's sessions in the same transaction.
create or replace function end_client_sessions() returns trigger language plpgsql as $$
begin
    update client_sessions s set revoked_at = now()
    where s.org_id = new.org_id and s.client_id = new.id and s.revoked_at is null;
    return null;
end
$$;
--rollback drop function end_client_sessions();

--changeset auth:function-end-sessions-of-organization splitStatements:false runOnChange:true
create or replace function end_sessions_of_organization() returns trigger language plpgsql as $$
begin
    update client_sessions s set revoked_at = now() where s.org_id = new.org_id and s.revoked_at is null;
    return null;
end
$$;
--rollback drop function end_sessions_of_organization();

--changeset auth:function-sync-directory-client-session splitStatements:false runOnChange:true
create or replace function sync_directory_client_session() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
begin
    insert into directory_client_sessions (key, org_id, id) values (new.token_hash, new.org_id, new.id);
    return null;
end
$$;
revoke all on function sync_directory_client_session() from public;
--rollback drop function sync_directory_client_session();

--changeset auth:function-validate-session splitStatements:false runOnChange:true
-- The client behind a session token, if the session holds; being seen extends it by 24 hours, up to 30 days in all. One
-- look for everything: it is the suite's most frequent statement.
create or replace function validate_session(hash bytea)
    returns table (org_id uuid, client_id uuid, company_name text, expires_at timestamptz)
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
#variable_conflict use_column
declare
    session_id uuid;
    seen timestamptz;
begin
    select c.org_id, c.id, c.company_name, s.expires_at, s.id, s.last_seen_at
        into org_id, client_id, company_name, expires_at, session_id, seen
    from directory_client_sessions d
    join client_sessions s on s.org_id = d.org_id and s.id = d.id
    join clients c on c.org_id = s.org_id and c.id = s.client_id
    join organization_accounts o on o.org_id = c.org_id and o.id = c.org_id
    where d.key = hash and s.revoked_at is null and s.expires_at > now() and c.is_active and o.is_active;
    if not found then
        return;
    end if;
    -- Written down once a minute only: most validations stay reads.
    if seen < now() - interval '1 minute' then
        update client_sessions s
        set last_seen_at = now(), expires_at = least(now() + interval '24 hours', s.created_at + interval '30 days')
        where s.org_id = validate_session.org_id and s.id = session_id and s.revoked_at is null
        returning s.expires_at into expires_at;
        if not found then
            return; -- ended in this very moment
        end if;
    end if;
    return next;
end
$$;
revoke all on function validate_session(bytea) from public;
grant execute on function validate_session(bytea) to ${schema}_app;
--rollback drop function validate_session(bytea);

--changeset auth:function-find-client-session splitStatements:false runOnChange:true
-- The session of a token, so that it can be ended within its tenant.
create or replace function find_client_session(hash bytea) returns table (org_id uuid, id uuid, client_id uuid)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
    select s.org_id, s.id, s.client_id
    from directory_client_sessions d join client_sessions s on s.org_id = d.org_id and s.id = d.id
    where d.key = hash and s.revoked_at is null and s.expires_at > now()
$$;
revoke all on function find_client_session(bytea) from public;
grant execute on function find_client_session(bytea) to ${schema}_app;
--rollback drop function find_client_session(bytea);

--changeset auth:function-forget-client-sessions splitStatements:false runOnChange:true
-- Removes at most 500 sessions that ended a week ago and says how many; each has a row in the directory, too.
create or replace function forget_client_sessions() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with gone as (
        delete from client_sessions where ctid = any (array(
            select ctid from client_sessions where expires_at < now() - interval '7 days'
            order by expires_at limit 500 for update skip locked))
        returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function forget_client_sessions() from public;
grant execute on function forget_client_sessions() to ${schema}_app;
--rollback drop function forget_client_sessions();

--changeset auth:view-client-accounts runOnChange:true
-- What other features may read of a client: whether it may sign in depends on the organization, too.
create or replace view client_accounts with (security_invoker = true) as
    select c.org_id, c.id, c.company_name, c.pin_hash, c.pin_key_id, c.is_active and o.is_active as may_sign_in
    from clients c join organization_accounts o on o.org_id = c.org_id and o.id = c.org_id;
grant select on client_accounts to ${schema}_app;
--rollback drop view client_accounts;

--changeset auth:function-lock-client splitStatements:false runOnChange:true
-- A client that may sign in, and still has the PIN that was checked; it stays so until the transaction ends.
create or replace function lock_client(client_id uuid, checked_pin_hash text) returns table (id uuid)
    language sql set search_path = ${schema}, pg_temp as $$
    select c.id from clients c, lock_active_organization()
    where c.org_id = current_org_id() and c.id = client_id and c.is_active and c.pin_hash = checked_pin_hash
    for share of c
$$;
revoke all on function lock_client(uuid, text) from public;
grant execute on function lock_client(uuid, text) to ${schema}_app;
--rollback drop function lock_client(uuid, text);

--changeset auth:function-client-copy splitStatements:false runOnChange:true
-- What voice keeps of a client, as it gets it by PUT and on demand.
create or replace function client_copy(client clients) returns jsonb
    language sql immutable set search_path = ${schema}, pg_temp as $$
    select jsonb_build_object(
        'companyName', client.company_name, 'isActive', client.is_active, 'version', client.version)
$$;
revoke all on function client_copy(clients) from public;
grant execute on function client_copy(clients) to ${schema}_app;
--rollback drop function client_copy(clients);

--changeset auth:function-push-client splitStatements:false runOnChange:true
-- Owes voice each change of what it keeps of a client, in the same transaction.
create or replace function push_client() returns trigger language plpgsql as $$
begin
    insert into outbox (org_id, destination, event)
    values (new.org_id, 'voice-service', jsonb_build_object(
        'method', 'PUT', 'path', '/internal/clients/' || new.id, 'body', client_copy(new)));
    return null;
end
$$;
--rollback drop function push_client();

--changeset auth:function-push-gone-client splitStatements:false runOnChange:true
-- Owes voice the deletion of a client: switched off, with a version that is newer than every push under way.
create or replace function push_gone_client() returns trigger language plpgsql as $$
begin
    insert into outbox (org_id, destination, event)
    values (old.org_id, 'voice-service', jsonb_build_object(
        'method', 'PUT',
        'path', '/internal/clients/' || old.id,
        'body', client_copy(old) || jsonb_build_object('isActive', false, 'version', old.version + 1)));
    return null;
end
$$;
--rollback drop function push_gone_client();
