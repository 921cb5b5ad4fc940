--liquibase formatted sql

--changeset auth:user-004-push splitStatements:false
-- Owes crm and voice each change of what they keep of a person, in the same transaction.
create function push_member() returns trigger language plpgsql as $$
begin
    insert into outbox (org_id, destination, event)
    select new.org_id, peer, jsonb_build_object(
        'method', 'PUT',
        'path', '/internal/members/' || new.id,
        'body', jsonb_build_object(
            'name', new.full_name,
            'email', new.email,
            'role', new.role,
            'isActive', new.is_active,
            'subscriptionTier', new.subscription_tier,
            'maxAgents', new.max_agents,
            'monthlyTokenQuota', new.monthly_token_quota,
            'version', new.version))
    from unnest(array['crm-service', 'voice-service']) peer;
    return null;
end
$$;
create trigger push_new after insert on users for each row
    when (new.org_id <> '00000000-0000-7000-8000-000000000000') execute function push_member();
create trigger push_changed after update on users for each row
    when (new.org_id <> '00000000-0000-7000-8000-000000000000'
        and (new.full_name, new.email, new.role, new.is_active, new.subscription_tier, new.max_agents, new.monthly_token_quota)
            is distinct from
            (old.full_name, old.email, old.role, old.is_active, old.subscription_tier, old.max_agents, old.monthly_token_quota))
    execute function push_member();
--rollback drop trigger push_changed on users; drop trigger push_new on users; drop function push_member();
