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
    phone text,               -- the main one of contact_phones: E.164, or what arrived where it cannot be read as a number
    phone_as_given text,      -- verbatim
    email text,
    service_interests text[] not null default '{}',
    lead_score lead_score_type,
    lead_status lead_status_type not null default 'new',
    last_contact_at timestamptz,
    notes text,
    metadata jsonb not null default '{}',
    is_blocked boolean not null default false, -- calls of theirs are declined
    several_phones boolean not null default false, -- false: contact_phones has the main number alone, if any, without a label
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint metadata_too_large check (octet_length(metadata::text) <= 8192),
    constraint metadata_not_an_object check (jsonb_typeof(metadata) = 'object')
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
create index contacts_blocked on contacts (org_id, updated_at desc, id desc) where is_blocked;

-- The other orders: what has no value comes last. The list names these expressions in the same words:
-- no coalesce, which under row level security keeps a cursor out of the index.
create index contacts_heard on contacts
    (org_id, (case when last_contact_at is null then timestamptz '0001-01-01 00:00:00+00' else last_contact_at end) desc, id desc);
create index contacts_name on contacts (org_id, (name is null), (case when name is null then '' else name end), id);

alter table contacts enable row level security, force row level security;
create policy own_org_select on contacts for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on contacts for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy own_org_update on contacts for update to ${schema}_app
    using (org_id = (select current_org_id())) with check (org_id = (select current_org_id()));
create policy own_org_delete on contacts for delete to ${schema}_app using (org_id = (select current_org_id()));
create policy owner on contacts to ${schema}_owner using (true) with check (true);
grant select, insert, update, delete on contacts to ${schema}_app;
--rollback drop table contacts;

--changeset crm:contact-001-phones
-- Every number of a contact, the main one too, which contacts.phone repeats. Deferred, so that a statement may claim a number
-- before it writes the contact.
create table contact_phones (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    phone text not null,      -- E.164, or what arrived where it cannot be read as a number
    phone_as_given text,      -- verbatim
    label text,               -- mobile, office, …
    contact_id uuid not null,
    created_at timestamptz not null default now(),
    constraint contact_phone_taken primary key (org_id, phone),
    constraint "contactId" foreign key (org_id, contact_id) references contacts (org_id, id)
        on delete cascade deferrable initially deferred
);
create index contact_phones_of_contact on contact_phones (org_id, contact_id, created_at, phone);

alter table contact_phones enable row level security, force row level security;
create policy own_org_select on contact_phones for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on contact_phones for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy own_org_update on contact_phones for update to ${schema}_app
    using (org_id = (select current_org_id())) with check (org_id = (select current_org_id()));
create policy own_org_delete on contact_phones for delete to ${schema}_app using (org_id = (select current_org_id()));
create policy owner on contact_phones to ${schema}_owner using (true) with check (true);
grant select, insert, update, delete on contact_phones to ${schema}_app;
--rollback drop table contact_phones;

--changeset crm:contact-001-notes
-- Entries of a contact's timeline. They are not edited; a merge moves them to another contact.
create table contact_notes (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    contact_id uuid not null,
    content text not null,
    author_id uuid,           -- the user; null where a service wrote it
    created_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint "contactId" foreign key (org_id, contact_id) references contacts (org_id, id) on delete cascade
);
create index contact_notes_of_contact on contact_notes (org_id, contact_id, created_at desc, id desc);

alter table contact_notes enable row level security, force row level security;
create policy own_org_select on contact_notes for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on contact_notes for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy own_org_update on contact_notes for update to ${schema}_app
    using (org_id = (select current_org_id())) with check (org_id = (select current_org_id()));
create policy own_org_delete on contact_notes for delete to ${schema}_app using (org_id = (select current_org_id()));
create policy owner on contact_notes to ${schema}_owner using (true) with check (true);
grant select, insert, delete, update (contact_id) on contact_notes to ${schema}_app;
--rollback drop table contact_notes;
