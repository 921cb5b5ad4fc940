--liquibase formatted sql

--changeset crm:contactmerge-001-contact-merges
-- Which contact has taken the place of which. After further merges it is still the one that is left.
create table contact_merges (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    duplicate_id uuid not null, -- is gone
    contact_id uuid not null,
    merged_at timestamptz not null default now(),
    constraint contact_merged primary key (org_id, duplicate_id),
    constraint "contactId" foreign key (org_id, contact_id) references contacts (org_id, id) on delete cascade
);
create index contact_merges_of_contact on contact_merges (org_id, contact_id);

alter table contact_merges enable row level security, force row level security;
create policy own_org_select on contact_merges for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on contact_merges for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy own_org_update on contact_merges for update to ${schema}_app
    using (org_id = (select current_org_id())) with check (org_id = (select current_org_id()));
create policy owner on contact_merges to ${schema}_owner using (true) with check (true);
grant select, insert, update (contact_id) on contact_merges to ${schema}_app;

create trigger refuse_org_change before update on contact_merges for each row execute function refuse_org_change();
create trigger audit after insert or update or delete on contact_merges for each row execute function audit_change();
--rollback drop table contact_merges;
