--liquibase formatted sql

--changeset auth:user-003-invitations
create type invitation_status as enum ('pending', 'accepted', 'revoked', 'expired');
create table invitations (
    org_id uuid not null,
    id uuid not null,
    email text not null,
    role user_role not null,
    status invitation_status not null default 'pending',
    token_hash bytea not null, -- SHA-256
    invited_by uuid,
    accepted_by uuid,
    expires_at timestamptz not null default now() + interval '7 days',
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    foreign key (org_id, org_id) references organizations (org_id, id) on delete cascade,
    foreign key (org_id, invited_by) references users (org_id, id) on delete set null (invited_by),
    foreign key (org_id, accepted_by) references users (org_id, id) on delete set null (accepted_by),
    constraint invitation_email_lower_case check (email = lower(email)),
    constraint invitation_role_of_platform check (role <> 'platform_admin')
);
create index invitations_newest on invitations (org_id, created_at desc, id desc);
create index invitations_email on invitations (org_id, email) where status = 'pending';
create index invitations_invited_by on invitations (org_id, invited_by);
create index invitations_accepted_by on invitations (org_id, accepted_by);
alter table invitations enable row level security, force row level security;
create policy own_org_select on invitations for select to auth_app
    using (org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'));
create policy own_org_insert on invitations for insert to auth_app
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'admin');
create policy own_org_update on invitations for update to auth_app
    using (org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'))
    with check (org_id = (select current_org_id()));
create policy owner on invitations to auth_owner using (true) with check (true);
grant select, insert, update on invitations to auth_app;
create trigger touch before update on invitations for each row execute function touch_updated_at();
create trigger keep_org before update on invitations for each row execute function keep_org_id();
create trigger audit after insert or update or delete on invitations for each row execute function audit_change('token_hash');
--rollback drop table invitations;
--rollback drop type invitation_status;

--changeset auth:user-003-transitions splitStatements:false
-- A pending invitation is accepted, revoked or expires; that is the end of it.
create function guard_invitation() returns trigger language plpgsql as $$
begin
    raise exception using errcode = 'check_violation', constraint = 'invitation_ended',
        message = 'an invitation that is ' || old.status || ' stays so';
end
$$;
create trigger transitions before update of status on invitations for each row
    when (old.status <> 'pending' and new.status <> old.status) execute function guard_invitation();
--rollback drop trigger transitions on invitations; drop function guard_invitation();

--changeset auth:user-003-guard-email splitStatements:false
-- Fails with email_taken where somebody has the e-mail already, in whichever organization; what this tells is throttled
-- by the caller. An earlier invitation of the same e-mail gives way.
create function guard_invited_email() returns trigger
    language plpgsql security definer set search_path = auth, pg_temp as $$
begin
    if exists (select from directory_emails d where d.key = new.email) then
        raise exception using errcode = 'unique_violation', constraint = 'email_taken',
            message = 'duplicate key value violates unique constraint "email_taken"'; -- in these words Hibernate finds it
    end if;
    update invitations i set status = 'revoked', version = i.version + 1
    where i.org_id = new.org_id and i.email = new.email and i.status = 'pending';
    return new;
end
$$;
revoke all on function guard_invited_email() from public;
create trigger guard_email before insert on invitations for each row execute function guard_invited_email();
--rollback drop trigger guard_email on invitations; drop function guard_invited_email();

--changeset auth:user-003-directory
create table directory_invitations (
    key bytea primary key,
    org_id uuid not null,
    id uuid not null,
    foreign key (org_id, id) references invitations (org_id, id) on delete cascade
);
create index directory_invitations_of on directory_invitations (org_id, id);
alter table directory_invitations enable row level security, force row level security;
create policy owner on directory_invitations to auth_owner using (true) with check (true);
--rollback drop table directory_invitations;

--changeset auth:user-003-keep-invitation splitStatements:false
create function keep_invitation() returns trigger
    language plpgsql security definer set search_path = auth, pg_temp as $$
begin
    insert into directory_invitations (key, org_id, id) values (new.token_hash, new.org_id, new.id);
    return null;
end
$$;
revoke all on function keep_invitation() from public;
create trigger directory after insert on invitations for each row execute function keep_invitation();
--rollback drop trigger directory on invitations; drop function keep_invitation();

--changeset auth:user-003-find-invitation splitStatements:false
-- Whose invitation a token is; whether it still stands is seen within the tenant.
create function find_invitation(hash bytea) returns table (org_id uuid, id uuid)
    language sql stable security definer set search_path = auth, pg_temp as $$
    select d.org_id, d.id from directory_invitations d where d.key = hash
$$;
revoke all on function find_invitation(bytea) from public;
grant execute on function find_invitation(bytea) to auth_app;
--rollback drop function find_invitation(bytea);
