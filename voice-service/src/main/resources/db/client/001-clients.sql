--liquibase formatted sql

--changeset voice:client-001-create
-- A copy of auth-service's PIN clients, pushed by it; the newest version wins, whatever the order of arrival.
create table clients (
    org_id uuid not null,
    id uuid not null,
    company_name text not null,
    is_active boolean not null,
    version bigint not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id)
);
create trigger touch before update on clients for each row execute function touch_updated_at();
create trigger refuse_org_change before update on clients for each row execute function refuse_org_change();
alter table clients enable row level security, force row level security;
create policy own_org_select on clients for select to ${schema}_app using (
    org_id = (select current_org_id())
    and ((select current_role_name()) <> 'client' or id = (select current_client_id())));
-- Who names a client keeps its copy, too, if it has not arrived yet.
create policy own_org_insert on clients for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name()) <> 'client');
create policy own_org_update on clients for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) <> 'client')
    with check (org_id = (select current_org_id()) and (select current_role_name()) <> 'client');
create policy owner on clients to ${schema}_owner using (true) with check (true);
grant select, insert, update on clients to ${schema}_app;
--rollback drop table clients;
