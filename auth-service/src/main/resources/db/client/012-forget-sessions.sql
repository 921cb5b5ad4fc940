--liquibase formatted sql

--changeset auth:client-012-forget-client-sessions splitStatements:false
-- Those that ended a week ago, a bounded number at once.
create function forget_client_sessions() returns int
    language sql security definer set search_path = auth, pg_temp as $$
    with old as (
        select org_id, id from client_sessions where expires_at < now() - interval '7 days'
        order by expires_at limit 1000 for update skip locked
    ), gone as (
        delete from client_sessions t using old where t.org_id = old.org_id and t.id = old.id returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function forget_client_sessions() from public;
grant execute on function forget_client_sessions() to auth_app;
--rollback drop function forget_client_sessions();
