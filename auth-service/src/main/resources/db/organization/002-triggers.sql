--liquibase formatted sql

--changeset auth:organization-002-version
-- The version counts the changes that others see: it orders the pushes, and is the entity tag.
create trigger version before update of name, domain, status, time_zone, default_region, business_hours, closures, require_totp, metadata
    on organizations for each row execute function next_version();
--rollback drop trigger version on organizations;

--changeset auth:organization-002-push
-- The platform's own organization makes no calls and has no contacts: no service keeps its settings.
create trigger push_new after insert on organizations for each row
    when (new.org_id <> '00000000-0000-7000-8000-000000000000') execute function push_organization();
create trigger push_changed after update on organizations for each row
    when (new.org_id <> '00000000-0000-7000-8000-000000000000'
        and (new.time_zone, new.default_region, new.business_hours, new.closures, new.status)
            is distinct from (old.time_zone, old.default_region, old.business_hours, old.closures, old.status))
    execute function push_organization();
--rollback drop trigger push_changed on organizations; drop trigger push_new on organizations;
