--liquibase formatted sql

--changeset crm:template-001-response-templates
-- Texts that staff answer with, and what else applying one changes of a ticket.
create table response_templates (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    title text not null,
    content text,                     -- with {{placeholders}}; null where applying it changes the ticket alone
    team_id uuid,                     -- whose it is; null: everybody's
    author_id uuid,                   -- the user or access key that added it
    tags text[] not null default '{}',
    metadata jsonb not null default '{}',
    set_status ticket_status,
    set_priority ticket_priority,
    add_tags text[] not null default '{}',
    assign_agent_id uuid,
    assign_team_id uuid,
    assign_in_turn boolean not null default false, -- to the next person in the team
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint "teamId" foreign key (org_id, team_id) references teams (org_id, id) on delete set null (team_id),
    constraint "assignAgentId" foreign key (org_id, assign_agent_id) references members (org_id, id),
    constraint "assignTeamId" foreign key (org_id, assign_team_id) references teams (org_id, id)
        on delete set null (assign_team_id),
    constraint template_status_new check (set_status <> 'new'),
    constraint template_tags_too_many check (cardinality(tags) <= 50 and cardinality(add_tags) <= 50),
    constraint metadata_too_large check (octet_length(metadata::text) <= 8192),
    constraint metadata_not_an_object check (jsonb_typeof(metadata) = 'object')
);
create index response_templates_newest on response_templates (org_id, created_at desc, id desc);
create index response_templates_of_team on response_templates (org_id, team_id, created_at desc, id desc);
create index response_templates_to_team on response_templates (org_id, assign_team_id) where assign_team_id is not null;

alter table response_templates enable row level security, force row level security;
create policy staff_select on response_templates for select to ${schema}_app using (
    org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'agent', 'service'));
create policy staff_insert on response_templates for insert to ${schema}_app with check (
    org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'agent', 'service'));
create policy staff_update on response_templates for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'agent', 'service'))
    with check (org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'agent', 'service'));
create policy staff_delete on response_templates for delete to ${schema}_app using (
    org_id = (select current_org_id()) and (select current_role_name()) in ('admin', 'agent', 'service'));
create policy owner on response_templates to ${schema}_owner using (true) with check (true);
grant select, insert, update, delete on response_templates to ${schema}_app;

create trigger touch before update on response_templates for each row
    when (old.* is distinct from new.*) execute function touch_updated_at();
create trigger refuse_org_change before update on response_templates for each row execute function refuse_org_change();
create trigger next_version before update on response_templates for each row
    when (old.* is distinct from new.* and old.version = new.version) execute function next_version();
create trigger audit after insert or update or delete on response_templates for each row execute function audit_change();
--rollback drop table response_templates;
