--liquibase formatted sql

--changeset auth:password-002-age
create index password_resets_age on password_resets (expires_at);
--rollback drop index password_resets_age;

--changeset auth:password-002-forget-expired splitStatements:false rollbackSplitStatements:false
-- As before, and the leaves to set a new password that nobody used in time.
create or replace function forget_expired() returns int
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
    delete from password_resets p using (
        select r.org_id, r.id from password_resets r where r.expires_at < now() limit 1000) old
    where p.org_id = old.org_id and p.id = old.id;
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
--rollback create or replace function forget_expired() returns int
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
