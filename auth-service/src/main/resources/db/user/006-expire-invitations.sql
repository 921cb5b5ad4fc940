--liquibase formatted sql

--changeset auth:user-006-expire-invitations splitStatements:false
-- Those that nobody accepted in time stay, and say so; a bounded number at once.
create function expire_invitations() returns int
    language sql security definer set search_path = auth, pg_temp as $$
    with old as (
        select org_id, id from invitations where status = 'pending' and expires_at < now()
        limit 1000 for update skip locked
    ), done as (
        update invitations i set status = 'expired', version = i.version + 1
        from old where i.org_id = old.org_id and i.id = old.id returning 1
    )
    select count(*)::int from done
$$;
revoke all on function expire_invitations() from public;
grant execute on function expire_invitations() to auth_app;
--rollback drop function expire_invitations();
