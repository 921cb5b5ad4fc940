--liquibase formatted sql

--changeset auth:user-007-expired-invitations splitStatements:false rollbackSplitStatements:false
-- As before; but an earlier invitation that is over has expired already, whether that has been written down or not.
create or replace function guard_invited_email() returns trigger
    language plpgsql security definer set search_path = auth, pg_temp as $$
begin
    if exists (select from directory_emails d where d.key = new.email) then
        raise exception using errcode = 'unique_violation', constraint = 'email_taken',
            message = 'duplicate key value violates unique constraint "email_taken"'; -- in these words Hibernate finds it
    end if;
    update invitations i
    set status = case when i.expires_at <= now() then 'expired' else 'revoked' end::invitation_status, version = i.version + 1
    where i.org_id = new.org_id and i.email = new.email and i.status = 'pending';
    return new;
end
$$;
--rollback create or replace function guard_invited_email() returns trigger
--rollback     language plpgsql security definer set search_path = auth, pg_temp as $$
--rollback begin
--rollback     if exists (select from directory_emails d where d.key = new.email) then
--rollback         raise exception using errcode = 'unique_violation', constraint = 'email_taken',
--rollback             message = 'duplicate key value violates unique constraint "email_taken"'; -- in these words Hibernate finds it
--rollback     end if;
--rollback     update invitations i set status = 'revoked', version = i.version + 1
--rollback     where i.org_id = new.org_id and i.email = new.email and i.status = 'pending';
--rollback     return new;
--rollback end
--rollback $$;
