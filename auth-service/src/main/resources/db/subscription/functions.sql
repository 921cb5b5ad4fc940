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

--changeset auth:view-subscription-details runOnChange:true
-- A subscription with the limits of its user. Periods are calendar months: the later one of the stored and the current is valid.
create or replace view subscription_details with (security_invoker = true) as
    select s.org_id, s.user_id, s.id, s.tier::text as tier, s.status::text as status, u.max_agents, u.monthly_token_quota,
        greatest(s.period_start, date_trunc('month', now() at time zone 'UTC') at time zone 'UTC') as period_start,
        greatest(s.period_end,
            (date_trunc('month', now() at time zone 'UTC') + interval '1 month') at time zone 'UTC') as period_end,
        s.version + u.version as version
    from subscriptions s join users u on u.org_id = s.org_id and u.id = s.user_id;
grant select on subscription_details to ${schema}_app;
--rollback drop view subscription_details;
