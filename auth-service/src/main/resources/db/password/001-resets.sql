--liquibase formatted sql

--changeset auth:password-001-resets
-- Leaves to set a new password without the old one, sent by mail. Rows go when one of them is used, or are replaced.
create table password_resets (
    org_id uuid not null,
    id uuid not null,
    user_id uuid not null,
    token_hash bytea not null, -- SHA-256
    expires_at timestamptz not null default now() + interval '30 minutes',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint "userId" foreign key (org_id, user_id) references users (org_id, id) on delete cascade
);
create index password_resets_of on password_resets (org_id, user_id);
create index password_resets_age on password_resets (expires_at);
alter table password_resets enable row level security, force row level security;
create policy own_org_select on password_resets for select to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) = 'service' or user_id = (select current_user_id())));
create policy own_org_insert on password_resets for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy own_org_delete on password_resets for delete to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) = 'service' or user_id = (select current_user_id())));
create policy owner on password_resets to ${schema}_owner using (true) with check (true);
grant select, insert, delete on password_resets to ${schema}_app;
create trigger touch before update on password_resets for each row execute function touch_updated_at();
create trigger refuse_org_change before update on password_resets for each row execute function refuse_org_change();
create trigger audit after insert or update or delete on password_resets for each row execute function audit_change('token_hash');
--rollback drop table password_resets;
