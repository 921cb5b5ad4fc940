--liquibase formatted sql

--changeset auth:function-forget-password-resets splitStatements:false runOnChange:true
-- Those that nobody used in time, a bounded number at once.
create or replace function forget_password_resets() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with old as (
        select org_id, id from password_resets where expires_at < now()
        order by expires_at limit 1000 for update skip locked
    ), gone as (
        delete from password_resets t using old where t.org_id = old.org_id and t.id = old.id returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function forget_password_resets() from public;
grant execute on function forget_password_resets() to ${schema}_app;
--rollback drop function forget_password_resets();
