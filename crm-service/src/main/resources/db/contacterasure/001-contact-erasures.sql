--liquibase formatted sql

--changeset crm:contacterasure-001-contact-erasures
-- Persons who were erased here, and which services are still to erase them. Of a person only ids are left in the end.
create table contact_erasures (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    contact_id uuid not null,          -- is gone
    duplicate_ids uuid[] not null,     -- merged into it before
    phones text[],                     -- for the services that remain; null once there are none
    remaining text[] not null default '{voice-service}',
    created_at timestamptz not null default now(),
    completed_at timestamptz,
    primary key (org_id, id),
    constraint erased_phones_kept check (completed_at is null or phones is null and remaining = '{}')
);
create index contact_erasures_running on contact_erasures (org_id, contact_id) where completed_at is null;

alter table contact_erasures enable row level security, force row level security;
create policy own_org_select on contact_erasures for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_update on contact_erasures for update to ${schema}_app
    using (org_id = (select current_org_id())) with check (org_id = (select current_org_id()));
create policy owner on contact_erasures to ${schema}_owner using (true) with check (true);
-- Only erase_contact makes them.
grant select, update (phones, remaining, completed_at) on contact_erasures to ${schema}_app;

create trigger refuse_org_change before update on contact_erasures for each row execute function refuse_org_change();
create trigger audit after insert or update or delete on contact_erasures for each row execute function audit_change('phones');
--rollback drop table contact_erasures;
