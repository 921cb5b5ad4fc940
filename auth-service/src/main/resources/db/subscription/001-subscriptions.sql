--liquibase formatted sql

--changeset auth:subscription-001-tiers
-- What each tier allows; written anew from the configuration whenever a service starts.
create table tiers (
    tier subscription_tier primary key,
    max_agents int not null check (max_agents >= 0),
    monthly_token_quota bigint not null check (monthly_token_quota >= 0)
);
insert into tiers (tier, max_agents, monthly_token_quota)
values ('free', 3, 100000), ('pro', 25, 5000000), ('enterprise', 1000, 1000000000);
grant select, update on tiers to ${schema}_app;
--rollback drop table tiers;

--changeset auth:subscription-001-create
create type subscription_status as enum ('active', 'past_due', 'cancelled');
-- The subscription of a user. The limits are columns of the user: they may be lower or higher than those of the tier.
create table subscriptions (
    org_id uuid not null,
    id uuid not null,
    user_id uuid not null,
    tier subscription_tier not null,
    status subscription_status not null default 'active',
    -- A calendar month in UTC; one that is over has been followed by the current one.
    period_start timestamptz not null default (date_trunc('month', now() at time zone 'UTC') at time zone 'UTC'),
    period_end timestamptz not null
        default ((date_trunc('month', now() at time zone 'UTC') + interval '1 month') at time zone 'UTC'),
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint subscription_of_user unique (org_id, user_id),
    constraint "userId" foreign key (org_id, user_id) references users (org_id, id) on delete cascade
);
alter table subscriptions enable row level security, force row level security;
create policy own_org_select on subscriptions for select to ${schema}_app
    using (org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service') or user_id = (select current_user_id())));
create policy own_org_insert on subscriptions for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy own_org_update on subscriptions for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) = 'service')
    with check (org_id = (select current_org_id()));
create policy owner on subscriptions to ${schema}_owner using (true) with check (true);
grant select, insert, update on subscriptions to ${schema}_app;
create trigger touch before update on subscriptions for each row execute function touch_updated_at();
create trigger refuse_org_change before update on subscriptions for each row execute function refuse_org_change();
create trigger version before update of tier, status on subscriptions for each row execute function next_version();
create trigger audit after insert or update or delete on subscriptions for each row execute function audit_change();
--rollback drop table subscriptions;
--rollback drop type subscription_status;
