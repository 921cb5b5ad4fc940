--liquibase formatted sql

--changeset auth:function-forget-password-resets splitStatements:false runOnChange:true
-- Removes at most 1,000 resets that were not used in time and says how many.
create or replace function forget_password_resets() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with gone as (
        delete from password_resets where ctid = any (array(
            select ctid from password_resets where expires_at < now()
            order by expires_at limit 1000 for update skip locked))
        returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function forget_password_resets() from public;
grant execute on function forget_password_resets() to ${schema}_app;
--rollback drop function forget_password_resets();
