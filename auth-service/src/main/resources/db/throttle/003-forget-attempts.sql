--liquibase formatted sql

--changeset auth:throttle-003-forget-attempts splitStatements:false
-- Counters that rest; a bounded number at once. Accounts that are closed for good stay closed, the others' are forgotten after
-- 30 days, addresses' after one.
create function forget_attempts() returns int
    language sql security definer set search_path = auth, pg_temp as $$
    with old as (
        select scope, key from login_attempts
        where updated_at < now() - case when scope in ('account', 'device', 'organization') then interval '30 days'
                else interval '1 day' end
            and not (scope in ('account', 'device', 'organization') and in_a_row >= 20)
        limit 1000 for update skip locked
    ), gone as (
        delete from login_attempts a using old where a.scope = old.scope and a.key = old.key returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function forget_attempts() from public;
grant execute on function forget_attempts() to auth_app;
--rollback drop function forget_attempts();
