--liquibase formatted sql

--changeset voice:contact-001-merged
-- Contacts of crm-service that were merged into others: what is late and still names the duplicate is led to the survivor.
create table merged_contacts (
    org_id uuid not null,
    duplicate_id uuid not null,
    contact_id uuid not null,           -- never a duplicate itself
    merged_at timestamptz not null default now(),
    primary key (org_id, duplicate_id)
);
create index merged_contacts_into on merged_contacts (org_id, contact_id);
create trigger refuse_org_change before update on merged_contacts for each row execute function refuse_org_change();

alter table merged_contacts enable row level security, force row level security;
create policy own_org_select on merged_contacts for select to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy own_org_insert on merged_contacts for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy own_org_update on merged_contacts for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) = 'service')
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy own_org_delete on merged_contacts for delete to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy owner on merged_contacts to ${schema}_owner using (true) with check (true);
grant select, insert, update, delete on merged_contacts to ${schema}_app;
--rollback drop table merged_contacts;

--changeset voice:contact-001-erasures
-- Erased calls whose events are still to be erased, which takes several steps.
create table event_erasures (
    org_id uuid not null,
    provider text not null,
    call_key text not null,
    primary key (org_id, provider, call_key)
);
alter table event_erasures enable row level security, force row level security;
create policy owner on event_erasures to ${schema}_owner using (true) with check (true);
--rollback drop table event_erasures;
