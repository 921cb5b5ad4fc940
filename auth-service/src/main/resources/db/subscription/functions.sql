--liquibase formatted sql

--changeset auth:function-take-tier-limits splitStatements:false runOnChange:true
-- Every new user has the limits of its tier, and a subscription to it.
create or replace function take_tier_limits() returns trigger language plpgsql as $$
begin
    select t.max_agents, t.monthly_token_quota into strict new.max_agents, new.monthly_token_quota
    from tiers t where t.tier = new.subscription_tier;
    return new;
end
$$;
--rollback drop function take_tier_limits();

--changeset auth:function-subscribe splitStatements:false runOnChange:true
create or replace function subscribe() returns trigger language plpgsql as $$
begin
    insert into subscriptions (org_id, id, user_id, tier) values (new.org_id, uuid_v7(), new.id, new.subscription_tier);
    return null;
end
$$;
--rollback drop function subscribe();
