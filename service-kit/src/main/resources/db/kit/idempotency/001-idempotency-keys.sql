--liquibase formatted sql

--changeset kit:idempotency-001-keys
-- The first answer to a creating POST, kept 24 hours. The answer is sealed: it may hold a secret shown once.
create table idempotency_keys (
    org_id uuid not null,
    principal text not null,
    operation text not null,
    key text not null,
    fingerprint bytea not null, -- HMAC of the request, never its plain hash
    answer bytea,               -- sealed; null while the first request is still at work, and where it was erased
    subject uuid,               -- the id of what the answer shows, if it is one thing: to find it when that is erased
    created_at timestamptz not null default now(),
    primary key (org_id, principal, operation, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);
alter table idempotency_keys enable row level security, force row level security;
create policy own_org_select on idempotency_keys for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on idempotency_keys for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy own_org_update on idempotency_keys for update to ${schema}_app
    using (org_id = (select current_org_id())) with check (org_id = (select current_org_id()));
create policy own_org_delete on idempotency_keys for delete to ${schema}_app using (org_id = (select current_org_id()));
create policy owner on idempotency_keys to ${schema}_owner using (true) with check (true);
grant select, insert, update, delete on idempotency_keys to ${schema}_app;
--rollback drop table idempotency_keys;
