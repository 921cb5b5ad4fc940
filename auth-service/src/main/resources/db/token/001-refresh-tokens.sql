--liquibase formatted sql

--changeset auth:token-001-families
-- A sign-in of a user on a device: the refresh tokens that follow one another from it.
create table refresh_families (
    org_id uuid not null,
    id uuid not null,
    user_id uuid not null,
    ip inet,
    user_agent text,
    last_seen_at timestamptz not null default now(),
    expires_at timestamptz not null default now() + interval '30 days', -- however often it is refreshed
    revoked_at timestamptz,
    revoked_because text check (revoked_because in ('signed_out', 'reused', 'user_disabled', 'organization_suspended')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    foreign key (org_id, user_id) references users (org_id, id) on delete cascade
);
create index refresh_families_of on refresh_families (org_id, user_id);
create index refresh_families_age on refresh_families (expires_at);
alter table refresh_families enable row level security, force row level security;
create policy own_org_select on refresh_families for select to auth_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service') or user_id = (select current_user_id())));
create policy own_org_insert on refresh_families for insert to auth_app
    with check (org_id = (select current_org_id()) and user_id = (select current_user_id()));
create policy own_org_update on refresh_families for update to auth_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service') or user_id = (select current_user_id())))
    with check (org_id = (select current_org_id()));
create policy owner on refresh_families to auth_owner using (true) with check (true);
grant select, insert, update on refresh_families to auth_app;
create trigger touch before update on refresh_families for each row execute function touch_updated_at();
create trigger keep_org before update on refresh_families for each row execute function keep_org_id();
create trigger audit after insert or update or delete on refresh_families for each row execute function audit_change();
--rollback drop table refresh_families;

--changeset auth:token-001-tokens
create table refresh_tokens (
    org_id uuid not null,
    id uuid not null,
    family uuid not null,
    parent uuid, -- the token that was spent for this one; null for the first of a family
    token_hash bytea not null, -- SHA-256
    used_at timestamptz,
    expires_at timestamptz not null default now() + interval '24 hours',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    foreign key (org_id, family) references refresh_families (org_id, id) on delete cascade,
    foreign key (org_id, parent) references refresh_tokens (org_id, id) on delete set null (parent)
);
create index refresh_tokens_of on refresh_tokens (org_id, family);
create index refresh_tokens_after on refresh_tokens (org_id, parent);
alter table refresh_tokens enable row level security, force row level security;
create policy own_org_select on refresh_tokens for select to auth_app using (org_id = (select current_org_id()));
create policy own_org_insert on refresh_tokens for insert to auth_app with check (org_id = (select current_org_id()));
create policy own_org_update on refresh_tokens for update to auth_app
    using (org_id = (select current_org_id())) with check (org_id = (select current_org_id()));
create policy owner on refresh_tokens to auth_owner using (true) with check (true);
grant select, insert, update on refresh_tokens to auth_app;
create trigger touch before update on refresh_tokens for each row execute function touch_updated_at();
create trigger keep_org before update on refresh_tokens for each row execute function keep_org_id();
create trigger audit after insert or update or delete on refresh_tokens for each row execute function audit_change('token_hash');
--rollback drop table refresh_tokens;

--changeset auth:token-001-rotate splitStatements:false
-- Spends a refresh token for a new one; run within its tenant. The family's row is locked first, so that of any number
-- of parallel calls each sees what the ones before it did, and a family that has ended gets no more tokens.
create function rotate_refresh_token(token uuid, next_id uuid, next_hash bytea,
        out outcome text, out family uuid, out user_id uuid)
    language plpgsql as $$
declare
    spent_at timestamptz;
begin
    outcome := 'refused';
    select f.id, f.user_id into family, user_id
    from refresh_tokens t join refresh_families f on f.org_id = t.org_id and f.id = t.family
    where t.org_id = current_org_id() and t.id = token and (t.expires_at > now() or t.used_at is not null)
        and f.revoked_at is null and f.expires_at > now()
    for update of f;
    if not found then
        return;
    end if;
    update refresh_tokens t set used_at = clock_timestamp()
    where t.org_id = current_org_id() and t.id = token and t.used_at is null;
    if not found then
        select t.used_at into spent_at from refresh_tokens t where t.org_id = current_org_id() and t.id = token;
        -- Two tabs, or an answer that got lost: nothing that came of this token has been spent yet.
        if spent_at < clock_timestamp() - interval '10 seconds' or exists (
            select from refresh_tokens t
            where t.org_id = current_org_id() and t.parent = token and t.used_at is not null)
        then
            update refresh_families f set revoked_at = now(), revoked_because = 'reused'
            where f.org_id = current_org_id() and f.id = rotate_refresh_token.family;
            outcome := 'reused';
            return;
        end if;
    end if;
    insert into refresh_tokens (org_id, id, family, parent, token_hash)
    values (current_org_id(), next_id, family, token, next_hash);
    update refresh_families f set last_seen_at = now()
    where f.org_id = current_org_id() and f.id = rotate_refresh_token.family;
    outcome := 'rotated';
end
$$;
revoke all on function rotate_refresh_token(uuid, uuid, bytea) from public;
grant execute on function rotate_refresh_token(uuid, uuid, bytea) to auth_app;
--rollback drop function rotate_refresh_token(uuid, uuid, bytea);

--changeset auth:token-001-end-families splitStatements:false
-- Switching a user off ends all its sessions in the same transaction, suspending an organization those of all its users.
create function end_refresh_families() returns trigger language plpgsql as $$
begin
    if tg_table_name = 'users' then
        update refresh_families f set revoked_at = now(), revoked_because = 'user_disabled'
        where f.org_id = new.org_id and f.user_id = new.id and f.revoked_at is null;
    else
        update refresh_families f set revoked_at = now(), revoked_because = 'organization_suspended'
        where f.org_id = new.org_id and f.revoked_at is null;
    end if;
    return null;
end
$$;
create trigger end_families after update of is_active on users for each row
    when (old.is_active and not new.is_active) execute function end_refresh_families();
create trigger end_families after update of status on organizations for each row
    when (old.status = 'active' and new.status = 'suspended') execute function end_refresh_families();
--rollback drop trigger end_families on organizations; drop trigger end_families on users; drop function end_refresh_families();

--changeset auth:token-001-directory
create table directory_refresh_tokens (
    key bytea primary key,
    org_id uuid not null,
    id uuid not null,
    foreign key (org_id, id) references refresh_tokens (org_id, id) on delete cascade
);
create index directory_refresh_tokens_of on directory_refresh_tokens (org_id, id);
alter table directory_refresh_tokens enable row level security, force row level security;
create policy owner on directory_refresh_tokens to auth_owner using (true) with check (true);
--rollback drop table directory_refresh_tokens;

--changeset auth:token-001-keep-refresh-token splitStatements:false
create function keep_refresh_token() returns trigger
    language plpgsql security definer set search_path = auth, pg_temp as $$
begin
    insert into directory_refresh_tokens (key, org_id, id) values (new.token_hash, new.org_id, new.id);
    return null;
end
$$;
revoke all on function keep_refresh_token() from public;
create trigger directory after insert on refresh_tokens for each row execute function keep_refresh_token();
--rollback drop trigger directory on refresh_tokens; drop function keep_refresh_token();

--changeset auth:token-001-find-refresh-token splitStatements:false
-- Whose refresh token it is; whether it is still good is seen within the tenant.
create function find_refresh_token(hash bytea) returns table (org_id uuid, id uuid)
    language sql stable security definer set search_path = auth, pg_temp as $$
    select d.org_id, d.id from directory_refresh_tokens d where d.key = hash
$$;
revoke all on function find_refresh_token(bytea) from public;
grant execute on function find_refresh_token(bytea) to auth_app;
--rollback drop function find_refresh_token(bytea);
