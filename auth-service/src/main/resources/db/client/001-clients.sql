--liquibase formatted sql

--changeset auth:client-001-create
create table clients (
    org_id uuid not null,
    id uuid not null,
    company_name text not null,
    contact_email text not null,
    pin_hash text not null,   -- Argon2id over the PIN's HMAC, PHC string
    pin_key_id text not null, -- the pepper of that HMAC, held outside the database
    pin_claim bytea,          -- on the way in only: sync_directory_pin takes it and leaves null
    is_active boolean not null default true,
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    foreign key (org_id, org_id) references organizations (org_id, id) on delete cascade
);
create index clients_newest on clients (org_id, created_at desc, id desc);
alter table clients enable row level security, force row level security;
create policy own_org_select on clients for select to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service') or id = (select current_client_id())));
create policy own_org_insert on clients for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'admin');
-- A client that signs in locks its own row, so that its PIN does not change meanwhile; only admins may change it.
create policy own_org_update on clients for update to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) = 'admin' or id = (select current_client_id())))
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'admin');
create policy own_org_delete on clients for delete to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) = 'admin');
create policy owner on clients to ${schema}_owner using (true) with check (true);
grant select, insert, update, delete on clients to ${schema}_app;
create trigger touch before update on clients for each row execute function touch_updated_at();
create trigger refuse_org_change before update on clients for each row execute function refuse_org_change();
create trigger audit after insert or update or delete on clients for each row execute function audit_change('pin_hash');
--rollback drop table clients;

--changeset auth:client-001-directory
-- A PIN is one client's on the whole platform. Key: HMAC of the PIN under a pepper held outside the database.
-- Deferred, because a PIN is claimed before the row of its client is there.
create table directory_pins (
    key bytea not null,
    org_id uuid not null,
    id uuid not null,
    constraint client_pin_taken primary key (key),
    foreign key (org_id, id) references clients (org_id, id) on delete cascade deferrable initially deferred
);
create unique index directory_pins_of on directory_pins (org_id, id);
alter table directory_pins enable row level security, force row level security;
create policy owner on directory_pins to ${schema}_owner using (true) with check (true);
--rollback drop table directory_pins;
