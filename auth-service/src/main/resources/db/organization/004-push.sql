--liquibase formatted sql

--changeset auth:organization-004-push splitStatements:false
-- Owes crm and voice each change of the settings that they keep a copy of, in the same transaction.
create function push_organization() returns trigger language plpgsql as $$
begin
    insert into outbox (org_id, destination, event)
    select new.org_id, peer, jsonb_build_object(
        'method', 'PUT',
        'path', '/internal/organization',
        'body', jsonb_build_object(
            'timeZone', new.time_zone,
            'defaultRegion', new.default_region,
            'businessHours', new.business_hours,
            'version', new.version))
    from unnest(array['crm-service', 'voice-service']) peer;
    return null;
end
$$;
-- The platform's own organization makes no calls and has no contacts: nobody keeps its settings.
create trigger push_new after insert on organizations for each row
    when (new.org_id <> '00000000-0000-7000-8000-000000000000') execute function push_organization();
create trigger push_changed after update on organizations for each row
    when (new.org_id <> '00000000-0000-7000-8000-000000000000'
        and (new.time_zone, new.default_region, new.business_hours)
            is distinct from (old.time_zone, old.default_region, old.business_hours))
    execute function push_organization();
--rollback drop trigger push_changed on organizations; drop trigger push_new on organizations; drop function push_organization();
