--liquibase formatted sql

--changeset auth:login-006-begin-password-login splitStatements:false rollbackSplitStatements:false
-- Counts the attempt, then says whose e-mail it is; the password is checked within that tenant. A known device of that
-- user is counted by itself, anyone else by account and address, which is so too for e-mails that nobody has.
drop function begin_password_login(text, bytea, jsonb, jsonb);
create function begin_password_login(email text, device bytea, limits jsonb, device_limits jsonb,
        out reserved_at timestamptz, out refused attempt_scope, out retry_after int, out closed jsonb, out known_device boolean,
        out org_id uuid, out id uuid)
    language plpgsql security definer set search_path = auth, pg_temp as $$
declare
    who directory_emails;
begin
    select d.* into who from directory_emails d where d.key = email;
    known_device := exists (
        select from device_tokens t
        where t.org_id = who.org_id and t.user_id = who.id and t.token_hash = device and t.expires_at > now());
    select r.reserved_at, r.refused, r.retry_after, r.closed into reserved_at, refused, retry_after, closed
        from reserve_attempt(case when known_device then device_limits else limits end) r;
    if refused is null then
        org_id := who.org_id;
        id := who.id;
    end if;
end
$$;
revoke all on function begin_password_login(text, bytea, jsonb, jsonb) from public;
grant execute on function begin_password_login(text, bytea, jsonb, jsonb) to auth_app;
--rollback drop function begin_password_login(text, bytea, jsonb, jsonb);
--rollback create function begin_password_login(email text, device bytea, limits jsonb, device_limits jsonb,
--rollback         out reserved_at timestamptz, out refused attempt_scope, out retry_after int, out known_device boolean,
--rollback         out org_id uuid, out id uuid)
--rollback     language plpgsql security definer set search_path = auth, pg_temp as $$
--rollback declare
--rollback     who directory_emails;
--rollback begin
--rollback     select d.* into who from directory_emails d where d.key = email;
--rollback     known_device := exists (
--rollback         select from device_tokens t
--rollback         where t.org_id = who.org_id and t.user_id = who.id and t.token_hash = device and t.expires_at > now());
--rollback     select r.reserved_at, r.refused, r.retry_after into reserved_at, refused, retry_after
--rollback         from reserve_attempt(case when known_device then device_limits else limits end) r;
--rollback     if refused is null then
--rollback         org_id := who.org_id;
--rollback         id := who.id;
--rollback     end if;
--rollback end
--rollback $$;
--rollback revoke all on function begin_password_login(text, bytea, jsonb, jsonb) from public;
--rollback grant execute on function begin_password_login(text, bytea, jsonb, jsonb) to auth_app;
