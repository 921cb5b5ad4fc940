--liquibase formatted sql

--changeset auth:client-010-validate-session splitStatements:false rollbackSplitStatements:false
-- As before, but in one look instead of two: it is the suite's most frequent statement.
create or replace function validate_session(hash bytea)
    returns table (org_id uuid, client_id uuid, company_name text, expires_at timestamptz)
    language plpgsql security definer set search_path = auth, pg_temp as $$
#variable_conflict use_column
declare
    session_id uuid;
    seen timestamptz;
begin
    select c.org_id, c.id, c.company_name, s.expires_at, s.id, s.last_seen_at
        into org_id, client_id, company_name, expires_at, session_id, seen
    from directory_client_sessions d
    join client_sessions s on s.org_id = d.org_id and s.id = d.id
    join clients c on c.org_id = s.org_id and c.id = s.client_id
    join organizations o on o.org_id = c.org_id and o.id = c.org_id
    where d.key = hash and s.revoked_at is null and s.expires_at > now() and c.is_active and o.status = 'active';
    if not found then
        return;
    end if;
    -- Written down once a minute only: most validations stay reads.
    if seen < now() - interval '1 minute' then
        update client_sessions s
        set last_seen_at = now(), expires_at = least(now() + interval '24 hours', s.created_at + interval '30 days')
        where s.org_id = validate_session.org_id and s.id = session_id and s.revoked_at is null
        returning s.expires_at into expires_at;
        if not found then
            return; -- ended in this very moment
        end if;
    end if;
    return next;
end
$$;
--rollback create or replace function validate_session(hash bytea)
--rollback     returns table (org_id uuid, client_id uuid, company_name text, expires_at timestamptz)
--rollback     language plpgsql security definer set search_path = auth, pg_temp as $$
--rollback #variable_conflict use_column
--rollback declare
--rollback     session client_sessions;
--rollback begin
--rollback     select s.* into session
--rollback     from directory_client_sessions d
--rollback     join client_sessions s on s.org_id = d.org_id and s.id = d.id
--rollback     where d.key = hash and s.revoked_at is null and s.expires_at > now();
--rollback     if not found then
--rollback         return;
--rollback     end if;
--rollback     if session.last_seen_at < now() - interval '1 minute' then
--rollback         update client_sessions s
--rollback         set last_seen_at = now(), expires_at = least(now() + interval '24 hours', s.created_at + interval '30 days')
--rollback         where s.org_id = session.org_id and s.id = session.id and s.revoked_at is null
--rollback         returning s.* into session;
--rollback     end if;
--rollback     return query select c.org_id, c.id, c.company_name, session.expires_at
--rollback         from clients c join organizations o on o.org_id = c.org_id and o.id = c.org_id
--rollback         where c.org_id = session.org_id and c.id = session.client_id and c.is_active and o.status = 'active';
--rollback end
--rollback $$;
