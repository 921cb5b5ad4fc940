--liquibase formatted sql

--changeset auth:token-001-families
-- A sign-in of a user on a device: the refresh tokens that follow one another from it.
create table refresh_families (
    org_id uuid not null,
    id uuid not null,
    user_id uuid not null,
    ip inet,
    user_agent text,
    last_seen_at timestamptz not null default now(),
    expires_at timestamptz not null default now() + interval '30 days', -- however often it is refreshed
    revoked_at timestamptz,
    revoked_because text check (revoked_because in
        ('signed_out', 'reused', 'user_disabled', 'organization_suspended', 'password_changed', 'password_reset')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    foreign key (org_id, user_id) references users (org_id, id) on delete cascade
);
create index refresh_families_of on refresh_families (org_id, user_id);
create index refresh_families_age on refresh_families (expires_at);
alter table refresh_families enable row level security, force row level security;
create policy own_org_select on refresh_families for select to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service') or user_id = (select current_user_id())));
create policy own_org_insert on refresh_families for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and user_id = (select current_user_id()));
create policy own_org_update on refresh_families for update to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service') or user_id = (select current_user_id())))
    with check (org_id = (select current_org_id()));
create policy owner on refresh_families to ${schema}_owner using (true) with check (true);
grant select, insert, update on refresh_families to ${schema}_app;
create trigger touch before update on refresh_families for each row execute function touch_updated_at();
create trigger keep_org before update on refresh_families for each row execute function keep_org_id();
create trigger audit after insert or update or delete on refresh_families for each row execute function audit_change();
--rollback drop table refresh_families;

--changeset auth:token-001-tokens
create table refresh_tokens (
    org_id uuid not null,
    id uuid not null,
    family uuid not null,
    parent uuid, -- the token that was spent for this one; null for the first of a family
    token_hash bytea not null, -- SHA-256
    used_at timestamptz,
    expires_at timestamptz not null default now() + interval '24 hours',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    foreign key (org_id, family) references refresh_families (org_id, id) on delete cascade,
    foreign key (org_id, parent) references refresh_tokens (org_id, id) on delete set null (parent)
);
create index refresh_tokens_of on refresh_tokens (org_id, family);
create index refresh_tokens_after on refresh_tokens (org_id, parent);
alter table refresh_tokens enable row level security, force row level security;
create policy own_org_select on refresh_tokens for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on refresh_tokens for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy own_org_update on refresh_tokens for update to ${schema}_app
    using (org_id = (select current_org_id())) with check (org_id = (select current_org_id()));
create policy owner on refresh_tokens to ${schema}_owner using (true) with check (true);
grant select, insert, update on refresh_tokens to ${schema}_app;
create trigger touch before update on refresh_tokens for each row execute function touch_updated_at();
create trigger keep_org before update on refresh_tokens for each row execute function keep_org_id();
create trigger audit after insert or update or delete on refresh_tokens for each row execute function audit_change('token_hash');
--rollback drop table refresh_tokens;

--changeset auth:token-001-directory
create table directory_refresh_tokens (
    key bytea primary key,
    org_id uuid not null,
    id uuid not null,
    foreign key (org_id, id) references refresh_tokens (org_id, id) on delete cascade
);
create index directory_refresh_tokens_of on directory_refresh_tokens (org_id, id);
alter table directory_refresh_tokens enable row level security, force row level security;
create policy owner on directory_refresh_tokens to ${schema}_owner using (true) with check (true);
--rollback drop table directory_refresh_tokens;
