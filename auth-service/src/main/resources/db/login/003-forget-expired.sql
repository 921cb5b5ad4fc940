--liquibase formatted sql

--changeset auth:login-003-forget-expired splitStatements:false
-- Removes what has run out, of every tenant, at most a thousand rows of a kind at a time. Accounts that are closed for
-- good stay closed; the others' counters are forgotten after 30 days, addresses after one.
create function forget_expired() returns int
    language plpgsql security definer set search_path = auth, pg_temp as $$
declare
    n int;
    total int := 0;
begin
    delete from refresh_families f using (
        select g.org_id, g.id from refresh_families g where g.expires_at < now() - interval '7 days' limit 1000) old
    where f.org_id = old.org_id and f.id = old.id;
    get diagnostics n = row_count; total := total + n;
    delete from client_sessions s using (
        select t.org_id, t.id from client_sessions t where t.expires_at < now() - interval '7 days' limit 1000) old
    where s.org_id = old.org_id and s.id = old.id;
    get diagnostics n = row_count; total := total + n;
    delete from device_tokens d using (
        select t.org_id, t.id from device_tokens t where t.expires_at < now() limit 1000) old
    where d.org_id = old.org_id and d.id = old.id;
    get diagnostics n = row_count; total := total + n;
    update invitations i set status = 'expired', version = i.version + 1
    from (select j.org_id, j.id from invitations j where j.status = 'pending' and j.expires_at < now() limit 1000) old
    where i.org_id = old.org_id and i.id = old.id;
    get diagnostics n = row_count; total := total + n;
    delete from login_attempts a using (
        select b.scope, b.key from login_attempts b
        where b.updated_at < now() - case when b.scope in ('account', 'device', 'organization') then interval '30 days'
                else interval '1 day' end
            and not (b.scope in ('account', 'device', 'organization') and b.in_a_row >= 20)
        limit 1000) old
    where a.scope = old.scope and a.key = old.key;
    get diagnostics n = row_count; total := total + n;
    return total;
end
$$;
revoke all on function forget_expired() from public;
grant execute on function forget_expired() to auth_app;
--rollback drop function forget_expired();
