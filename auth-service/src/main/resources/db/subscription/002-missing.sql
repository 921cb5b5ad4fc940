--liquibase formatted sql

--changeset auth:subscription-002-missing
-- Of those who signed up between the subscriptions of all and the trigger that gives each newcomer one.
insert into subscriptions (org_id, id, user_id, tier)
select u.org_id, uuid_v7(), u.id, u.subscription_tier from users u
where not exists (select from subscriptions s where s.org_id = u.org_id and s.user_id = u.id);
--rollback select 1;
