--liquibase formatted sql

--changeset crm:team-001-teams
create table teams (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    name text not null,
    description text,
    metadata jsonb not null default '{}',
    is_default boolean not null default false, -- takes the new tickets of customers and calls
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint team_name_taken unique (org_id, name),
    constraint metadata_too_large check (octet_length(metadata::text) <= 8192),
    constraint metadata_not_an_object check (jsonb_typeof(metadata) = 'object')
);
create unique index team_default_taken on teams (org_id) where is_default; -- see take_over_default

alter table teams enable row level security, force row level security;
create policy staff_select on teams for select to ${schema}_app using (
    org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'agent', 'service'));
create policy admin_insert on teams for insert to ${schema}_app with check (
    org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'));
create policy admin_update on teams for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'))
    with check (org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'));
create policy admin_delete on teams for delete to ${schema}_app using (
    org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'));
create policy owner on teams to ${schema}_owner using (true) with check (true);
grant select, insert, update, delete on teams to ${schema}_app;
--rollback drop table teams;

--changeset crm:team-001-team-members
create table team_members (
    org_id uuid not null,
    team_id uuid not null,
    user_id uuid not null,
    id uuid not null default uuid_v7(),         -- names the membership in the audit trail
    role text not null default 'member',        -- free text: lead, second level, …
    is_available boolean not null default true, -- false: round-robin passes over them
    max_open_tickets int,                       -- round-robin gives them no more; null: no limit
    joined_at timestamptz not null default now(),
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, team_id, user_id),
    constraint "teamId" foreign key (org_id, team_id) references teams (org_id, id) on delete cascade,
    constraint "userId" foreign key (org_id, user_id) references members (org_id, id),
    constraint team_member_load check (max_open_tickets between 1 and 1000)
);
create index team_members_of_user on team_members (org_id, user_id);

alter table team_members enable row level security, force row level security;
create policy staff_select on team_members for select to ${schema}_app using (
    org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'agent', 'service'));
create policy admin_insert on team_members for insert to ${schema}_app with check (
    org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'));
create policy admin_update on team_members for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'))
    with check (org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'));
create policy admin_delete on team_members for delete to ${schema}_app using (
    org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'service'));
create policy owner on team_members to ${schema}_owner using (true) with check (true);
grant select, insert, update, delete on team_members to ${schema}_app;
--rollback drop table team_members;
