--liquibase formatted sql

--changeset auth:api-key-001-create
-- Keys of providers that people entrust to us. The ciphertext holds the row's own data key, wrapped by the master key.
create table api_keys (
    org_id uuid not null,
    id uuid not null, -- another one whenever a key is put: the ciphertext is bound to it
    user_id uuid not null,
    provider text not null,
    ciphertext bytea not null,
    key_version bigint not null generated always as (sealed_key_version(ciphertext)) stored,
    last4 text not null,
    last_used_at timestamptz,
    lease_until timestamptz not null default '-infinity', -- of the task that renews old versions
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint api_key_put_meanwhile unique (org_id, user_id, provider),
    -- Access keys have no API keys.
    constraint "userId" foreign key (org_id, user_id) references users (org_id, id) on delete cascade,
    constraint api_key_provider check (provider in ('groq', 'deepgram', 'twilio', 'openai', 'vapi', 'anthropic', 'elevenlabs',
        'retell', 'assemblyai', 'google', 'azure', 'cartesia', 'telnyx', 'plivo', 'vonage'))
);
create index api_keys_newest on api_keys (org_id, user_id, created_at desc, id desc);
create index api_keys_versions on api_keys (key_version, lease_until);
alter table api_keys enable row level security, force row level security;
create policy own_org_select on api_keys for select to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) = 'service' or user_id = (select current_user_id())));
create policy own_org_insert on api_keys for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and user_id = (select current_user_id()));
create policy own_org_update on api_keys for update to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) = 'service' or user_id = (select current_user_id())))
    with check (org_id = (select current_org_id())
        and ((select current_role_name()) = 'service' or user_id = (select current_user_id())));
create policy own_org_delete on api_keys for delete to ${schema}_app
    using (org_id = (select current_org_id()) and user_id = (select current_user_id()));
create policy owner on api_keys to ${schema}_owner using (true) with check (true);
-- Neither owner nor provider can be changed.
grant select, insert, update (id, ciphertext, last4, created_at, last_used_at, lease_until), delete
    on api_keys to ${schema}_app;
create trigger touch before update on api_keys for each row execute function touch_updated_at();
create trigger refuse_org_change before update on api_keys for each row execute function refuse_org_change();
create trigger audit after insert or update or delete on api_keys for each row execute function audit_change('ciphertext');
--rollback drop table api_keys;
