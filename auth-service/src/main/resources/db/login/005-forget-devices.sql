--liquibase formatted sql

--changeset auth:login-005-forget-devices splitStatements:false
-- Those whose time is over, a bounded number at once.
create function forget_devices() returns int
    language sql security definer set search_path = auth, pg_temp as $$
    with old as (
        select org_id, id from device_tokens where expires_at < now()
        order by expires_at limit 1000 for update skip locked
    ), gone as (
        delete from device_tokens t using old where t.org_id = old.org_id and t.id = old.id returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function forget_devices() from public;
grant execute on function forget_devices() to auth_app;
--rollback drop function forget_devices();

--changeset auth:login-005-no-forget-expired splitStatements:false rollbackSplitStatements:false
-- Each feature forgets what is its own.
drop function forget_expired();
--rollback create function forget_expired() returns int
--rollback     language plpgsql security definer set search_path = auth, pg_temp as $$
--rollback declare
--rollback     n int;
--rollback     total int := 0;
--rollback begin
--rollback     delete from refresh_families f using (
--rollback         select g.org_id, g.id from refresh_families g where g.expires_at < now() - interval '7 days' limit 1000) old
--rollback     where f.org_id = old.org_id and f.id = old.id;
--rollback     get diagnostics n = row_count; total := total + n;
--rollback     delete from client_sessions s using (
--rollback         select t.org_id, t.id from client_sessions t where t.expires_at < now() - interval '7 days' limit 1000) old
--rollback     where s.org_id = old.org_id and s.id = old.id;
--rollback     get diagnostics n = row_count; total := total + n;
--rollback     delete from device_tokens d using (
--rollback         select t.org_id, t.id from device_tokens t where t.expires_at < now() limit 1000) old
--rollback     where d.org_id = old.org_id and d.id = old.id;
--rollback     get diagnostics n = row_count; total := total + n;
--rollback     delete from password_resets p using (
--rollback         select r.org_id, r.id from password_resets r where r.expires_at < now() limit 1000) old
--rollback     where p.org_id = old.org_id and p.id = old.id;
--rollback     get diagnostics n = row_count; total := total + n;
--rollback     update invitations i set status = 'expired', version = i.version + 1
--rollback     from (select j.org_id, j.id from invitations j where j.status = 'pending' and j.expires_at < now() limit 1000) old
--rollback     where i.org_id = old.org_id and i.id = old.id;
--rollback     get diagnostics n = row_count; total := total + n;
--rollback     delete from login_attempts a using (
--rollback         select b.scope, b.key from login_attempts b
--rollback         where b.updated_at < now() - case when b.scope in ('account', 'device', 'organization') then interval '30 days'
--rollback                 else interval '1 day' end
--rollback             and not (b.scope in ('account', 'device', 'organization') and b.in_a_row >= 20)
--rollback         limit 1000) old
--rollback     where a.scope = old.scope and a.key = old.key;
--rollback     get diagnostics n = row_count; total := total + n;
--rollback     return total;
--rollback end
--rollback $$;
--rollback revoke all on function forget_expired() from public;
--rollback grant execute on function forget_expired() to auth_app;
