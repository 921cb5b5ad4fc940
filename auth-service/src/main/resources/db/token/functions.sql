--liquibase formatted sql

--changeset auth:function-rotate-refresh-token splitStatements:false runOnChange:true
-- Spends a refresh token for a new one; run within its tenant. The family's row is locked first, so that of any number
-- of parallel calls each sees what the ones before it did, and a family that has ended gets no more tokens.
create or replace function rotate_refresh_token(token uuid, next_id uuid, next_hash bytea,
        out outcome text, out family uuid, out user_id uuid)
    language plpgsql as $$
declare
    spent_at timestamptz;
begin
    outcome := 'refused';
    select f.id, f.user_id into family, user_id
    from refresh_tokens t join refresh_families f on f.org_id = t.org_id and f.id = t.family
    where t.org_id = current_org_id() and t.id = token and (t.expires_at > now() or t.used_at is not null)
        and f.revoked_at is null and f.expires_at > now()
    for update of f;
    if not found then
        return;
    end if;
    update refresh_tokens t set used_at = clock_timestamp()
    where t.org_id = current_org_id() and t.id = token and t.used_at is null;
    if not found then
        select t.used_at into spent_at from refresh_tokens t where t.org_id = current_org_id() and t.id = token;
        -- Two tabs, or an answer that got lost: nothing that came of this token has been spent yet.
        if spent_at < clock_timestamp() - interval '10 seconds' or exists (
            select from refresh_tokens t
            where t.org_id = current_org_id() and t.parent = token and t.used_at is not null)
        then
            update refresh_families f set revoked_at = now(), revoked_because = 'reused'
            where f.org_id = current_org_id() and f.id = rotate_refresh_token.family;
            outcome := 'reused';
            return;
        end if;
    end if;
    insert into refresh_tokens (org_id, id, family, parent, token_hash)
    values (current_org_id(), next_id, family, token, next_hash);
    update refresh_families f set last_seen_at = now()
    where f.org_id = current_org_id() and f.id = rotate_refresh_token.family;
    outcome := 'rotated';
end
$$;
revoke all on function rotate_refresh_token(uuid, uuid, bytea) from public;
grant execute on function rotate_refresh_token(uuid, uuid, bytea) to ${schema}_app;
--rollback drop function rotate_refresh_token(uuid, uuid, bytea);

--changeset auth:function-end-refresh-families splitStatements:false runOnChange:true
-- Switching a user off ends all its sessions in the same transaction, suspending an organization those of all its users.
create or replace function end_refresh_families() returns trigger language plpgsql as $$
begin
    if tg_table_name = 'users' then
        update refresh_families f set revoked_at = now(), revoked_because = 'user_disabled'
        where f.org_id = new.org_id and f.user_id = new.id and f.revoked_at is null;
    else
        update refresh_families f set revoked_at = now(), revoked_because = 'organization_suspended'
        where f.org_id = new.org_id and f.revoked_at is null;
    end if;
    return null;
end
$$;
--rollback drop function end_refresh_families();

--changeset auth:function-keep-refresh-token splitStatements:false runOnChange:true
create or replace function keep_refresh_token() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
begin
    insert into directory_refresh_tokens (key, org_id, id) values (new.token_hash, new.org_id, new.id);
    return null;
end
$$;
revoke all on function keep_refresh_token() from public;
--rollback drop function keep_refresh_token();

--changeset auth:function-find-refresh-token splitStatements:false runOnChange:true
-- Whose refresh token it is; whether it is still good is seen within the tenant.
create or replace function find_refresh_token(hash bytea) returns table (org_id uuid, id uuid)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
    select d.org_id, d.id from directory_refresh_tokens d where d.key = hash
$$;
revoke all on function find_refresh_token(bytea) from public;
grant execute on function find_refresh_token(bytea) to ${schema}_app;
--rollback drop function find_refresh_token(bytea);

--changeset auth:function-forget-refresh-families splitStatements:false runOnChange:true
-- Sign-ins that ended a week ago, with their tokens; a bounded number at once.
create or replace function forget_refresh_families() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with old as (
        select org_id, id from refresh_families where expires_at < now() - interval '7 days'
        order by expires_at limit 1000 for update skip locked
    ), gone as (
        delete from refresh_families t using old where t.org_id = old.org_id and t.id = old.id returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function forget_refresh_families() from public;
grant execute on function forget_refresh_families() to ${schema}_app;
--rollback drop function forget_refresh_families();
