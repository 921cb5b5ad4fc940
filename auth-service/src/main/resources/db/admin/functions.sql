--liquibase formatted sql

--changeset auth:view-user-statistics runOnChange:true
create or replace view user_statistics with (security_invoker = true) as
    select u.org_id, u.id, u.email, u.full_name, u.role::text as role, u.subscription_tier::text as subscription_tier,
        u.max_agents, u.monthly_token_quota, u.is_active, u.last_login_at, u.created_at,
        (select count(*) from refresh_families f
            where f.org_id = u.org_id and f.user_id = u.id and f.revoked_at is null and f.expires_at > now()) as open_sessions
    from users u;
grant select on user_statistics to ${schema}_app;
--rollback drop view user_statistics;

--changeset auth:function-suite-user-statistics splitStatements:false runOnChange:true
create or replace function suite_user_statistics(before timestamptz, before_id uuid, at_most int) returns setof user_statistics
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
    select s.* from user_statistics s
    where (select current_role_name()) = 'platform_admin'
        and (s.created_at, s.id) < (coalesce(before, 'infinity'), coalesce(before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
    order by s.created_at desc, s.id desc limit at_most
$$;
revoke all on function suite_user_statistics(timestamptz, uuid, int) from public;
grant execute on function suite_user_statistics(timestamptz, uuid, int) to ${schema}_app;
--rollback drop function suite_user_statistics(timestamptz, uuid, int);

--changeset auth:function-visible-statistics splitStatements:false runOnChange:true
-- Counts what the caller may see. The platform's own organization is none of the customers.
create or replace function visible_statistics(out organizations bigint, out users bigint, out users_by_role jsonb, out users_by_tier jsonb,
        out active_users bigint, out clients bigint)
    language sql stable set search_path = ${schema}, pg_temp as $$
    with people as (
        select u.role, u.subscription_tier, count(*) as n,
            count(*) filter (where u.last_login_at > now() - interval '30 days') as active
        from users u where u.org_id <> '00000000-0000-7000-8000-000000000000'
        group by u.role, u.subscription_tier
    )
    select
        (select count(*) from organizations o where o.id <> '00000000-0000-7000-8000-000000000000'),
        (select coalesce(sum(p.n), 0)::bigint from people p),
        (select coalesce(jsonb_object_agg(r.role, r.n), '{}') from (select p.role, sum(p.n) as n from people p group by p.role) r),
        (select coalesce(jsonb_object_agg(t.subscription_tier, t.n), '{}')
            from (select p.subscription_tier, sum(p.n) as n from people p group by p.subscription_tier) t),
        (select coalesce(sum(p.active), 0)::bigint from people p),
        (select count(*) from clients c)
$$;
revoke all on function visible_statistics() from public;
grant execute on function visible_statistics() to ${schema}_app;
--rollback drop function visible_statistics();

--changeset auth:function-suite-statistics splitStatements:false runOnChange:true
-- The same over all organizations: sums only, and for operators only.
create or replace function suite_statistics() returns table (organizations bigint, users bigint, users_by_role jsonb,
        users_by_tier jsonb, active_users bigint, clients bigint)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
    select v.* from visible_statistics() v where (select current_role_name()) = 'platform_admin'
$$;
revoke all on function suite_statistics() from public;
grant execute on function suite_statistics() to ${schema}_app;
--rollback drop function suite_statistics();
