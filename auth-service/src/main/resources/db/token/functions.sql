--liquibase formatted sql

--changeset auth:function-rotate-refresh-token splitStatements:false runOnChange:true
-- Spends the live token of a family for the next one; run within its tenant, for a token with a valid proof.
-- Outcome "rotated": next_hash is the live token's. Also for the token before the live one within 10 seconds of its end (two
-- tabs, a lost answer), since its successor is derived from it and so is the live token.
-- "limited": the family has rotated too often, the token stays live; wait is in seconds.
-- "reused": a spent token has come again. The family ends.
create or replace function rotate_refresh_token(family uuid, shown int, shown_hash bytea, next_hash bytea, burst int,
        pace_ms int, out outcome text, out user_id uuid, out wait int)
    language plpgsql as $$
declare
    pace constant interval := make_interval(secs => pace_ms / 1000.0);
    live refresh_families;
begin
    update refresh_families f
    set number = f.number + 1, token_hash = next_hash, token_expires_at = now() + interval '24 hours',
        rotated_at = clock_timestamp(), paced_until = greatest(f.paced_until, clock_timestamp()) + pace, last_seen_at = now()
    where f.org_id = current_org_id() and f.id = family and f.number = shown and f.token_hash = shown_hash
        and f.revoked_at is null and f.expires_at > now() and f.token_expires_at > now()
        and f.paced_until + pace <= clock_timestamp() + burst * pace
    returning f.user_id into user_id;
    if found then
        outcome := 'rotated';
        return;
    end if;
    outcome := 'refused';
    select f.* into live from refresh_families f
    where f.org_id = current_org_id() and f.id = family and f.revoked_at is null and f.expires_at > now();
    if not found then
        return;
    end if;
    user_id := live.user_id;
    if live.number = shown and live.token_hash = shown_hash and live.token_expires_at > now() then
        outcome := 'limited';
        wait := greatest(ceil(extract(epoch from live.paced_until + pace - burst * pace - clock_timestamp())), 1);
    elsif live.number = shown + 1 and live.token_hash = next_hash
        and live.rotated_at > clock_timestamp() - interval '10 seconds'
    then
        outcome := 'rotated';
    elsif live.number > shown then
        update refresh_families f set revoked_at = now(), revoked_because = 'reused'
        where f.org_id = current_org_id() and f.id = family and f.revoked_at is null;
        if found then
            outcome := 'reused';
        end if;
    end if;
end
$$;
revoke all on function rotate_refresh_token(uuid, int, bytea, bytea, int, int) from public;
grant execute on function rotate_refresh_token(uuid, int, bytea, bytea, int, int) to ${schema}_app;
--rollback drop function rotate_refresh_token(uuid, int, bytea, bytea, int, int);

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

--changeset auth:function-forget-refresh-families splitStatements:false runOnChange:true
-- Removes at most 1,000 sign-ins that ended a week ago and says how many.
create or replace function forget_refresh_families() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with gone as (
        delete from refresh_families where ctid = any (array(
            select ctid from refresh_families where expires_at < now() - interval '7 days'
            order by expires_at limit 1000 for update skip locked))
        returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function forget_refresh_families() from public;
grant execute on function forget_refresh_families() to ${schema}_app;
--rollback drop function forget_refresh_families();

--changeset auth:function-end-refresh-families-of splitStatements:false runOnChange:true
-- Ends the sessions of a user of the current organization, all but the one that is kept; null keeps no session.
create or replace function end_refresh_families_of(user_id uuid, because text, kept uuid) returns void
    language sql set search_path = ${schema}, pg_temp as $$
    update refresh_families f set revoked_at = now(), revoked_because = because
    where f.org_id = current_org_id() and f.user_id = end_refresh_families_of.user_id and f.revoked_at is null
        and f.id is distinct from kept
$$;
revoke all on function end_refresh_families_of(uuid, text, uuid) from public;
grant execute on function end_refresh_families_of(uuid, text, uuid) to ${schema}_app;
--rollback drop function end_refresh_families_of(uuid, text, uuid);

--changeset auth:function-claim-outdated-signing-keys splitStatements:false runOnChange:true
-- The signing keys that another master key than the current one protects, in the name of the platform; leased, so that
-- replicas share the work and a row that does not open holds up no other.
create or replace function claim_outdated_signing_keys(current_version bigint, at_most int) returns table (org_id uuid, id uuid)
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with outdated as (
        select s.id from signing_keys s
        where (s.key_version < current_version or s.key_version > current_version) and s.lease_until < now()
        order by s.lease_until, s.id limit least(at_most, 1000)
        for update skip locked
    )
    update signing_keys t set lease_until = now() + interval '10 minutes'
    from outdated o where t.id = o.id
    returning '00000000-0000-7000-8000-000000000000'::uuid, t.id
$$;
revoke all on function claim_outdated_signing_keys(bigint, int) from public;
grant execute on function claim_outdated_signing_keys(bigint, int) to ${schema}_app;
--rollback drop function claim_outdated_signing_keys(bigint, int);
