--liquibase formatted sql

--changeset voice:statistics-organization runOnChange:true splitStatements:false
-- The figures of the caller's organization. Two counts of calls, so that the month's reads only its part of the index.
create or replace function organization_statistics(out agents bigint, out calls bigint, out calls_this_month bigint,
        out tokens_this_month bigint)
    language plpgsql stable as $$
declare
    org constant uuid := current_org_id();
    this_month constant date := current_month(org);
begin
    agents := (select coalesce(sum(a.agents), 0) from agent_counts a where a.org_id = org);
    calls := (select count(*) from call_logs c where c.org_id = org and c.head_id is null);
    calls_this_month := (
        select count(*) from call_logs c
        where c.org_id = org and c.head_id is null and c.started_at >= month_start(org, this_month));
    tokens_this_month := (
        select coalesce(sum(u.tokens), 0) from usage_months u where u.org_id = org and u.month = this_month);
end
$$;
--rollback drop function organization_statistics();

--changeset voice:statistics-users runOnChange:true splitStatements:false
-- The figures of users of the caller's organization, one row each, in their order.
create or replace function user_statistics(users uuid[]) returns table (user_id uuid, agents bigint, calls_this_month bigint,
        tokens_this_month bigint)
    language plpgsql stable rows 50 as $$
declare
    org constant uuid := current_org_id();
    this_month constant date := current_month(org);
begin
    return query
    select w.id, coalesce(a.agents, 0)::bigint, coalesce(u.calls, 0)::bigint, coalesce(u.tokens, 0)
    from unnest(users) with ordinality as w (id, place)
    left join agent_counts a on a.org_id = org and a.owner_id = w.id
    left join usage_months u on u.org_id = org and u.user_id = w.id and u.month = this_month
    order by w.place;
end
$$;
--rollback drop function user_statistics(uuid[]);

--changeset voice:statistics-suite runOnChange:true splitStatements:false
-- Over all tenants, hence as the owner: sums, and nothing of any one of them.
create or replace function suite_statistics(out agents bigint, out calls bigint, out calls_this_month bigint,
        out tokens_this_month bigint)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
    select (select coalesce(sum(a.agents), 0)::bigint from agent_counts a), c.calls, c.calls_this_month,
        (select coalesce(sum(u.tokens), 0)::bigint from usage_months u
            where u.month = date_trunc('month', now() at time zone 'UTC')::date)
    from (
        select count(*) as calls, count(*) filter (where l.started_at >= date_trunc('month', now(), 'UTC')) as calls_this_month
        from call_logs l where l.head_id is null) c
$$;
revoke all on function suite_statistics() from public;
grant execute on function suite_statistics() to ${schema}_app;
--rollback drop function suite_statistics();

--changeset voice:statistics-suite-users runOnChange:true splitStatements:false
-- As user_statistics, of users of several organizations; hence as the owner.
create or replace function suite_user_statistics(orgs uuid[], users uuid[]) returns table (user_id uuid, agents bigint,
        calls_this_month bigint, tokens_this_month bigint)
    language sql stable security definer set search_path = ${schema}, pg_temp rows 50 as $$
    select w.id, coalesce(a.agents, 0)::bigint, coalesce(u.calls, 0)::bigint, coalesce(u.tokens, 0)
    from unnest(orgs, users) with ordinality as w (org, id, place)
    left join agent_counts a on a.org_id = w.org and a.owner_id = w.id
    left join usage_months u on u.org_id = w.org and u.user_id = w.id and u.month = current_month(w.org)
    where w.place <= 200
    order by w.place
$$;
revoke all on function suite_user_statistics(uuid[], uuid[]) from public;
grant execute on function suite_user_statistics(uuid[], uuid[]) to ${schema}_app;
--rollback drop function suite_user_statistics(uuid[], uuid[]);
