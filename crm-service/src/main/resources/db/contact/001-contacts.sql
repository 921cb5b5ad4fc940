--liquibase formatted sql

--changeset crm:contact-001-types
create type lead_score_type as enum ('hot', 'warm', 'cold');
create type lead_status_type as enum ('new', 'contacted', 'qualified', 'booked', 'converted', 'lost');
--rollback drop type lead_status_type;
--rollback drop type lead_score_type;

--changeset crm:contact-001-contacts
create table contacts (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    name text,
    phone text,               -- E.164, or what arrived where it cannot be read as a number
    phone_as_given text,      -- verbatim
    email text,
    service_interests text[] not null default '{}',
    lead_score lead_score_type,
    lead_status lead_status_type not null default 'new',
    last_contact_at timestamptz,
    notes text,
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint contact_phone_taken unique (org_id, phone)
);
-- Keyset order of the list, plain and by each filter; the enum filters are literals in the SQL, one index each.
create index contacts_updated on contacts (org_id, updated_at desc, id desc);
create index contacts_hot on contacts (org_id, updated_at desc, id desc) where lead_score = 'hot';
create index contacts_warm on contacts (org_id, updated_at desc, id desc) where lead_score = 'warm';
create index contacts_cold on contacts (org_id, updated_at desc, id desc) where lead_score = 'cold';
create index contacts_new on contacts (org_id, updated_at desc, id desc) where lead_status = 'new';
create index contacts_contacted on contacts (org_id, updated_at desc, id desc) where lead_status = 'contacted';
create index contacts_qualified on contacts (org_id, updated_at desc, id desc) where lead_status = 'qualified';
create index contacts_booked on contacts (org_id, updated_at desc, id desc) where lead_status = 'booked';
create index contacts_converted on contacts (org_id, updated_at desc, id desc) where lead_status = 'converted';
create index contacts_lost on contacts (org_id, updated_at desc, id desc) where lead_status = 'lost';

-- The other orders: what has no value comes last. The list names these expressions in the same words.
create index contacts_heard on contacts
    (org_id, (coalesce(last_contact_at, timestamptz '0001-01-01 00:00:00+00')) desc, id desc);
create index contacts_name on contacts (org_id, (name is null), (coalesce(name, '')), id);

alter table contacts enable row level security, force row level security;
create policy own_org_select on contacts for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on contacts for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy own_org_update on contacts for update to ${schema}_app
    using (org_id = (select current_org_id())) with check (org_id = (select current_org_id()));
create policy own_org_delete on contacts for delete to ${schema}_app using (org_id = (select current_org_id()));
create policy owner on contacts to ${schema}_owner using (true) with check (true);
grant select, insert, update, delete on contacts to ${schema}_app;
--rollback drop table contacts;
