--liquibase formatted sql

--changeset auth:token-002-signing-keys
-- The platform's own keys, of no tenant. Every replica signs with the active one and publishes all of them.
create type signing_key_state as enum ('next', 'active', 'retired');
create table signing_keys (
    id uuid primary key, -- also the kid
    state signing_key_state not null,
    public_key jsonb not null,   -- JWK
    private_key bytea not null,  -- PKCS #8, sealed for this row
    key_version bigint not null generated always as (sealed_key_version(private_key)) stored,
    lease_until timestamptz not null default '-infinity', -- of the task that renews old versions
    signs_from timestamptz not null,
    published_until timestamptz, -- set when it retires: its last token has expired by then
    created_at timestamptz not null default now()
);
create unique index signing_key_only_one_next on signing_keys (state) where state = 'next';
create unique index signing_key_only_one_active on signing_keys (state) where state = 'active';
create index signing_keys_versions on signing_keys (key_version, lease_until);
grant select, insert, update (private_key, lease_until, state, signs_from, published_until), delete on signing_keys to ${schema}_app;
--rollback drop table signing_keys;
--rollback drop type signing_key_state;
