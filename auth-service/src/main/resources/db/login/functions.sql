--liquibase formatted sql

--changeset auth:function-begin-password-login splitStatements:false runOnChange:true
-- Counts the attempt, then finds the user of the e-mail; the password is checked within that tenant. A known device of that
-- user has its own counter. All others, unknown e-mails included, are counted by account and address.
create or replace function begin_password_login(email text, device bytea, limits jsonb, device_limits jsonb,
        out reserved_at timestamptz, out refused attempt_scope, out retry_after int, out known_device boolean,
        out org_id uuid, out id uuid)
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    who directory_emails;
begin
    select d.* into who from directory_emails d where d.key = email;
    known_device := exists (
        select from device_tokens t
        where t.org_id = who.org_id and t.user_id = who.id and t.token_hash = device and t.expires_at > now());
    select r.reserved_at, r.refused, r.retry_after into reserved_at, refused, retry_after
        from reserve_attempt(case when known_device then device_limits else limits end) r;
    if refused is null then
        org_id := who.org_id;
        id := who.id;
    end if;
end
$$;
revoke all on function begin_password_login(text, bytea, jsonb, jsonb) from public;
grant execute on function begin_password_login(text, bytea, jsonb, jsonb) to ${schema}_app;
--rollback drop function begin_password_login(text, bytea, jsonb, jsonb);

--changeset auth:function-forget-devices splitStatements:false runOnChange:true
-- Removes at most 1,000 devices whose time is over and says how many.
create or replace function forget_devices() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with gone as (
        delete from device_tokens where ctid = any (array(
            select ctid from device_tokens where expires_at < now()
            order by expires_at limit 1000 for update skip locked))
        returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function forget_devices() from public;
grant execute on function forget_devices() to ${schema}_app;
--rollback drop function forget_devices();

--changeset auth:function-delete-devices-of splitStatements:false runOnChange:true
-- Forgets the devices that a user of the current organization has signed in on.
create or replace function delete_devices_of(user_id uuid) returns void language sql set search_path = ${schema}, pg_temp as $$
    delete from device_tokens d where d.org_id = current_org_id() and d.user_id = delete_devices_of.user_id
$$;
revoke all on function delete_devices_of(uuid) from public;
grant execute on function delete_devices_of(uuid) to ${schema}_app;
--rollback drop function delete_devices_of(uuid);
