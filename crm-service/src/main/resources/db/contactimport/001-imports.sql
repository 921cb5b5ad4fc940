--liquibase formatted sql

--changeset crm:contactimport-001-imports
-- Files of contacts that were sent, and how far each has come. The counters are written with the rows that they count.
create table contact_imports (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    status text not null default 'queued' check (status in ('queued', 'running', 'completed', 'failed')),
    key text not null check (key in ('phone', 'email')), -- what tells whether a contact is known
    dry_run boolean not null,
    separator text not null,
    header text[] not null,          -- as it is in the file
    ignored_columns text[] not null,
    total int,                       -- rows of the file; null until they are counted
    processed int not null default 0,
    created int not null default 0,
    updated int not null default 0,
    failed int not null default 0,
    tries int not null default 0,    -- since the last rows were processed
    work_id uuid not null,           -- the piece of work that does it
    created_by uuid,                 -- the user; null where a service sent the file
    created_at timestamptz not null default now(),
    finished_at timestamptz,
    primary key (org_id, id)
);
create unique index contact_import_running on contact_imports (org_id) where status = 'running';
create index contact_imports_unfinished on contact_imports (org_id) where status in ('queued', 'running');
create index contact_imports_finished on contact_imports (finished_at) where finished_at is not null;
alter table contact_imports enable row level security, force row level security;
create policy own_org_select on contact_imports for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on contact_imports for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy own_org_update on contact_imports for update to ${schema}_app
    using (org_id = (select current_org_id())) with check (org_id = (select current_org_id()));
create policy owner on contact_imports to ${schema}_owner using (true) with check (true);
grant select, insert, update (status, total, processed, created, updated, failed, tries, finished_at) on contact_imports to ${schema}_app;
--rollback drop table contact_imports;

--changeset crm:contactimport-001-chunks
-- The bytes of a file, until its import has ended. They come before the import, which is there once all of them are.
create table import_chunks (
    org_id uuid not null,
    import_id uuid not null,
    nth int not null,
    bytes bytea not null,
    created_at timestamptz not null default now(),
    primary key (org_id, import_id, nth)
) with (autovacuum_vacuum_scale_factor = 0.02);
alter table import_chunks alter column bytes set storage external;
create index import_chunks_age on import_chunks (created_at);
alter table import_chunks enable row level security, force row level security;
create policy own_org_select on import_chunks for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on import_chunks for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy own_org_delete on import_chunks for delete to ${schema}_app using (org_id = (select current_org_id()));
create policy owner on import_chunks to ${schema}_owner using (true) with check (true);
grant select, insert, delete on import_chunks to ${schema}_app;
--rollback drop table import_chunks;

--changeset crm:contactimport-001-errors
-- Rows that were refused, with their cells, so that they can be mended and imported again.
create table contact_import_errors (
    org_id uuid not null,
    import_id uuid not null,
    line int not null,               -- where the row begins in the file; the header is line 1
    field text,
    message text not null,
    cells text[] not null,
    primary key (org_id, import_id, line),
    constraint "importId" foreign key (org_id, import_id) references contact_imports (org_id, id)
);
alter table contact_import_errors enable row level security, force row level security;
create policy own_org_select on contact_import_errors for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on contact_import_errors for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy owner on contact_import_errors to ${schema}_owner using (true) with check (true);
grant select, insert on contact_import_errors to ${schema}_app;
--rollback drop table contact_import_errors;

--changeset crm:contactimport-001-previews
-- What a dry run would have written by now: later rows of the file count as if it had been.
create table contact_import_previews (
    org_id uuid not null,
    import_id uuid not null,
    key text not null,               -- a number, an e-mail address, or the id of a contact
    contact_id uuid not null,
    lead_status text,                -- of the contact, where the key is its id
    primary key (org_id, import_id, key),
    constraint "importId" foreign key (org_id, import_id) references contact_imports (org_id, id)
) with (autovacuum_vacuum_scale_factor = 0.02);
create trigger refuse_org_change before update on contact_import_previews for each row execute function refuse_org_change();
alter table contact_import_previews enable row level security, force row level security;
create policy own_org_select on contact_import_previews for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on contact_import_previews for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy own_org_update on contact_import_previews for update to ${schema}_app
    using (org_id = (select current_org_id())) with check (org_id = (select current_org_id()));
create policy own_org_delete on contact_import_previews for delete to ${schema}_app using (org_id = (select current_org_id()));
create policy owner on contact_import_previews to ${schema}_owner using (true) with check (true);
grant select, insert, delete, update on contact_import_previews to ${schema}_app;
--rollback drop table contact_import_previews;

--changeset crm:contactimport-001-email
-- An import by e-mail address finds contacts by it.
create index contacts_email on contacts (org_id, lower(email)) where email is not null;
--rollback drop index contacts_email;
