--liquibase formatted sql

--changeset auth:user-002-invitations
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
    constraint "invitedBy" foreign key (org_id, invited_by) references users (org_id, id) on delete set null (invited_by),
    constraint "acceptedBy" foreign key (org_id, accepted_by) references users (org_id, id) on delete set null (accepted_by),
    constraint invitation_email_lower_case check (email = lower(email)),
    constraint invitation_role_of_platform check (role <> 'platform_admin')
);
create index invitations_newest on invitations (org_id, created_at desc, id desc);
create index invitations_email on invitations (org_id, email) where status = 'pending';
create index invitations_age on invitations (expires_at) where status = 'pending'; -- for expire_invitations
create index invitations_invited_by on invitations (org_id, invited_by);
create index invitations_accepted_by on invitations (org_id, accepted_by);
alter table invitations enable row level security, force row level security;
create policy own_org_select on invitations for select to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'));
-- The service invites the first admin of an organization that an operator founds.
create policy own_org_insert on invitations for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'));
create policy own_org_update on invitations for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'))
    with check (org_id = (select current_org_id()));
create policy owner on invitations to ${schema}_owner using (true) with check (true);
grant select, insert, update on invitations to ${schema}_app;
create trigger touch before update on invitations for each row execute function touch_updated_at();
create trigger refuse_org_change before update on invitations for each row execute function refuse_org_change();
create trigger audit after insert or update or delete on invitations for each row execute function audit_change('token_hash');
--rollback drop table invitations;
--rollback drop type invitation_status;

--changeset auth:user-002-directory
create table directory_invitations (
    key bytea primary key,
    org_id uuid not null,
    id uuid not null,
    foreign key (org_id, id) references invitations (org_id, id) on delete cascade
);
create index directory_invitations_of on directory_invitations (org_id, id);
alter table directory_invitations enable row level security, force row level security;
create policy owner on directory_invitations to ${schema}_owner using (true) with check (true);
--rollback drop table directory_invitations;
