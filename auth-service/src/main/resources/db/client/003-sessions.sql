--liquibase formatted sql

--changeset auth:client-003-sessions
create table client_sessions (
    org_id uuid not null,
    id uuid not null,
    client_id uuid not null,
    token_hash bytea not null, -- SHA-256
    ip inet,
    user_agent text,
    expires_at timestamptz not null default now() + interval '24 hours',
    last_seen_at timestamptz not null default now(),
    revoked_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    foreign key (org_id, client_id) references clients (org_id, id) on delete cascade
);
create index client_sessions_of on client_sessions (org_id, client_id);
create index client_sessions_age on client_sessions (expires_at);
alter table client_sessions enable row level security, force row level security;
create policy own_org_select on client_sessions for select to auth_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service') or client_id = (select current_client_id())));
create policy own_org_insert on client_sessions for insert to auth_app
    with check (org_id = (select current_org_id()) and client_id = (select current_client_id()));
create policy own_org_update on client_sessions for update to auth_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service') or client_id = (select current_client_id())))
    with check (org_id = (select current_org_id()));
create policy owner on client_sessions to auth_owner using (true) with check (true);
grant select, insert, update on client_sessions to auth_app;
create trigger touch before update on client_sessions for each row execute function touch_updated_at();
create trigger keep_org before update on client_sessions for each row execute function keep_org_id();
-- Being seen moves expires_at along, and that is no news; everything else is.
create trigger audit after insert or update of client_id, token_hash, ip, user_agent, revoked_at or delete on client_sessions
    for each row execute function audit_change('token_hash');
--rollback drop table client_sessions;

--changeset auth:client-003-end-sessions splitStatements:false
-- A new PIN, or being switched off, ends a client's sessions in the same transaction.
create function end_client_sessions() returns trigger language plpgsql as $$
begin
    update client_sessions s set revoked_at = now()
    where s.org_id = new.org_id and s.client_id = new.id and s.revoked_at is null;
    return null;
end
$$;
create trigger end_sessions after update on clients for each row
    when (new.pin_hash <> old.pin_hash or (old.is_active and not new.is_active)) execute function end_client_sessions();
--rollback drop trigger end_sessions on clients; drop function end_client_sessions();

--changeset auth:client-003-end-sessions-of-organization splitStatements:false
create function end_sessions_of_organization() returns trigger language plpgsql as $$
begin
    update client_sessions s set revoked_at = now() where s.org_id = new.org_id and s.revoked_at is null;
    return null;
end
$$;
create trigger end_client_sessions after update of status on organizations for each row
    when (old.status = 'active' and new.status = 'suspended') execute function end_sessions_of_organization();
--rollback drop trigger end_client_sessions on organizations; drop function end_sessions_of_organization();

--changeset auth:client-003-directory
create table directory_client_sessions (
    key bytea primary key,
    org_id uuid not null,
    id uuid not null,
    foreign key (org_id, id) references client_sessions (org_id, id) on delete cascade
);
create index directory_client_sessions_of on directory_client_sessions (org_id, id);
alter table directory_client_sessions enable row level security, force row level security;
create policy owner on directory_client_sessions to auth_owner using (true) with check (true);
--rollback drop table directory_client_sessions;

--changeset auth:client-003-keep-session splitStatements:false
create function keep_client_session() returns trigger
    language plpgsql security definer set search_path = auth, pg_temp as $$
begin
    insert into directory_client_sessions (key, org_id, id) values (new.token_hash, new.org_id, new.id);
    return null;
end
$$;
revoke all on function keep_client_session() from public;
create trigger directory after insert on client_sessions for each row execute function keep_client_session();
--rollback drop trigger directory on client_sessions; drop function keep_client_session();

--changeset auth:client-003-validate-session splitStatements:false
-- The client behind a session token, if the session stands; being seen gives it 24 hours more, up to 30 days in all.
-- Written down once a minute only: most validations stay reads.
create function validate_session(hash bytea)
    returns table (org_id uuid, client_id uuid, company_name text, expires_at timestamptz)
    language plpgsql security definer set search_path = auth, pg_temp as $$
#variable_conflict use_column
declare
    session client_sessions;
begin
    select s.* into session
    from directory_client_sessions d
    join client_sessions s on s.org_id = d.org_id and s.id = d.id
    where d.key = hash and s.revoked_at is null and s.expires_at > now();
    if not found then
        return;
    end if;
    if session.last_seen_at < now() - interval '1 minute' then
        update client_sessions s
        set last_seen_at = now(), expires_at = least(now() + interval '24 hours', s.created_at + interval '30 days')
        where s.org_id = session.org_id and s.id = session.id and s.revoked_at is null
        returning s.* into session;
    end if;
    return query select c.org_id, c.id, c.company_name, session.expires_at
        from clients c join organizations o on o.org_id = c.org_id and o.id = c.org_id
        where c.org_id = session.org_id and c.id = session.client_id and c.is_active and o.status = 'active';
end
$$;
revoke all on function validate_session(bytea) from public;
grant execute on function validate_session(bytea) to auth_app;
--rollback drop function validate_session(bytea);

--changeset auth:client-003-find-session splitStatements:false
-- Whose session a token is, so that it can be ended within its tenant.
create function find_client_session(hash bytea) returns table (org_id uuid, id uuid, client_id uuid)
    language sql stable security definer set search_path = auth, pg_temp as $$
    select s.org_id, s.id, s.client_id
    from directory_client_sessions d join client_sessions s on s.org_id = d.org_id and s.id = d.id
    where d.key = hash and s.revoked_at is null and s.expires_at > now()
$$;
revoke all on function find_client_session(bytea) from public;
grant execute on function find_client_session(bytea) to auth_app;
--rollback drop function find_client_session(bytea);
