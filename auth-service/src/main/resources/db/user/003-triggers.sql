--liquibase formatted sql

--changeset auth:user-003-version
-- Not counted: a sign-in or a new password is no news to those who hold the entity tag or a copy.
create trigger version before update of email, full_name, avatar_url, role, metadata, subscription_tier, max_agents,
    monthly_token_quota, is_active on users for each row execute function next_version();
--rollback drop trigger version on users;

--changeset auth:user-003-directories
create trigger directory after insert or update of email on users for each row execute function sync_directory_email();
create trigger directory after insert on invitations for each row execute function sync_directory_invitation();
--rollback drop trigger directory on invitations; drop trigger directory on users;

--changeset auth:user-003-invitations
create trigger transitions before update of status on invitations for each row
    when (old.status <> 'pending' and new.status <> old.status) execute function guard_invitation();
create trigger guard_email before insert on invitations for each row execute function guard_invited_email();
--rollback drop trigger guard_email on invitations; drop trigger transitions on invitations;

--changeset auth:user-003-push
create trigger push_new after insert on users for each row
    when (new.org_id <> '00000000-0000-7000-8000-000000000000') execute function push_member();
create trigger push_changed after update on users for each row
    when (new.org_id <> '00000000-0000-7000-8000-000000000000'
        and (new.full_name, new.email, new.role, new.is_active, new.subscription_tier, new.max_agents, new.monthly_token_quota)
            is distinct from
            (old.full_name, old.email, old.role, old.is_active, old.subscription_tier, old.max_agents, old.monthly_token_quota))
    execute function push_member();
create trigger push_gone after delete on users for each row
    when (old.org_id <> '00000000-0000-7000-8000-000000000000') execute function push_gone_member();
--rollback drop trigger push_gone on users; drop trigger push_changed on users; drop trigger push_new on users;

--changeset auth:user-003-last-admin
create trigger keep_an_admin before update of role, is_active on users for each row
    when (old.is_active and old.role in ('admin', 'platform_admin')
        and not (new.is_active and new.role in ('admin', 'platform_admin')))
    execute function keep_an_admin();
create trigger keep_an_admin_on_delete before delete on users for each row
    when (old.is_active and old.role in ('admin', 'platform_admin')) execute function keep_an_admin();
--rollback drop trigger keep_an_admin_on_delete on users; drop trigger keep_an_admin on users;

--changeset auth:user-003-metadata
create trigger guard_metadata_added before insert on users for each row execute function guard_metadata();
create trigger guard_metadata_changed before update of metadata on users for each row
    when (new.metadata is distinct from old.metadata) execute function guard_metadata();
create trigger guard_metadata_added before insert on organizations for each row execute function guard_metadata();
create trigger guard_metadata_changed before update of metadata on organizations for each row
    when (new.metadata is distinct from old.metadata) execute function guard_metadata();
--rollback drop trigger guard_metadata_changed on organizations;
--rollback drop trigger guard_metadata_added on organizations;
--rollback drop trigger guard_metadata_changed on users;
--rollback drop trigger guard_metadata_added on users;
