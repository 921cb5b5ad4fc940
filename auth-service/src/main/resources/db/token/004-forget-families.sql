--liquibase formatted sql

--changeset auth:token-004-forget-refresh-families splitStatements:false
-- Sign-ins that ended a week ago, with their tokens; a bounded number at once.
create function forget_refresh_families() returns int
    language sql security definer set search_path = auth, pg_temp as $$
    with old as (
        select org_id, id from refresh_families where expires_at < now() - interval '7 days'
        order by expires_at limit 1000 for update skip locked
    ), gone as (
        delete from refresh_families t using old where t.org_id = old.org_id and t.id = old.id returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function forget_refresh_families() from public;
grant execute on function forget_refresh_families() to auth_app;
--rollback drop function forget_refresh_families();
