--liquibase formatted sql

--changeset auth:throttle-001-attempts
-- Failed attempts, and attempts whose outcome is still open: those count as failed until they are given back.
create type attempt_scope as enum ('address', 'account', 'device', 'organization', 'platform', 'signup', 'chosen_pin', 'taken_email');
create table login_attempts (
    scope attempt_scope not null,
    key bytea not null, -- HMAC of the address, e-mail, slug …: no e-mail or address is stored
    recent timestamptz[] not null default '{}', -- each attempt within the scope's window, oldest first
    open timestamptz[] not null default '{}',   -- those of them whose outcome is not known yet; failed after 15 seconds
    in_a_row int not null default 0,            -- since the last success
    waits int not null default 0,               -- since the last quiet time: each is twice the one before
    closed_until timestamptz,
    updated_at timestamptz not null default now(),
    primary key (scope, key)
);
-- For forget_attempts, which keeps both kinds for different times.
create index login_attempts_age on login_attempts (updated_at) where scope not in ('account', 'device', 'organization');
create index login_attempts_age_long on login_attempts (updated_at)
    where scope in ('account', 'device', 'organization') and in_a_row < 20;
--rollback drop table login_attempts;
--rollback drop type attempt_scope;
