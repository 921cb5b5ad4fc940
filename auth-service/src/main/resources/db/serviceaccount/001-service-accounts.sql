--liquibase formatted sql

--changeset auth:service-account-001-create
-- The four services, of no tenant. Their secrets come from configuration at start, and only as hashes.
create table service_accounts (
    client_id text primary key,
    secret_hash bytea not null, -- SHA-256 of a random secret
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create trigger touch before update on service_accounts for each row execute function touch_updated_at();
grant select, insert, update (secret_hash) on service_accounts to ${schema}_app;
--rollback drop table service_accounts;
