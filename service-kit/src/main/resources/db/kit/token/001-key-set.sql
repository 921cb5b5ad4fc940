--liquibase formatted sql

--changeset kit:token-001-key-set
-- auth-service's public keys as last seen, so that a restart while it is away still verifies tokens.
create table key_set (
    only_row boolean primary key default true check (only_row),
    jwks jsonb not null,
    fetched_at timestamptz not null default now()
);
grant select, insert, update on key_set to ${schema}_app;
--rollback drop table key_set;
