--liquibase formatted sql

--changeset voice:usage-month-start runOnChange:true splitStatements:false
-- The first instant of a month by the organization's clock: by UTC where its time zone is unknown.
create or replace function month_start(org uuid, month date) returns timestamptz language plpgsql stable as $$
declare
    clock constant timestamp := month::timestamp;
    zone constant text := coalesce((select s.time_zone from organization_settings s where s.org_id = org), 'UTC');
    first timestamptz;
begin
    first := clock at time zone zone;
    -- Where the clock is turned back to midnight, midnight comes twice, and PostgreSQL takes the second.
    return case when (first - interval '1 hour') at time zone zone >= clock then first - interval '1 hour' else first end;
exception when invalid_parameter_value then
    return clock at time zone 'UTC';
end
$$;
--rollback drop function month_start(uuid, date);

--changeset voice:usage-current-month-usage runOnChange:true splitStatements:false
-- What the users have used in the present month of the organization's clock, as far as the caller sees them.
create or replace view current_month_usage with (security_invoker = true) as
    select m.org_id, m.user_id, m.month, m.runs, m.calls, m.tokens, m.seconds, m.cost
    from usage_months m
    where m.org_id = (select current_org_id()) and m.month = (select current_month(current_org_id()));
grant select on current_month_usage to ${schema}_app;
--rollback drop view current_month_usage;

--changeset voice:usage-of-month runOnChange:true splitStatements:false
-- Always one row: what a user has used in the present month and may use. The quota is that of the copy in members; while that has not
-- arrived, the claimed one; null if neither is known. Once it is used up, nothing new may begin.
create or replace function usage_of_month(whose uuid, claimed_quota bigint) returns table (month date, runs int, tokens bigint,
        seconds bigint, cost numeric, monthly_token_quota bigint, is_used_up boolean, resets_at timestamptz)
    language plpgsql stable rows 1 as $$
declare
    org constant uuid := current_org_id();
    this_month constant date := current_month(org);
begin
    return query
    select this_month, coalesce(u.runs, 0), coalesce(u.tokens, 0), coalesce(u.seconds, 0), trim_scale(coalesce(u.cost, 0)),
        coalesce(m.monthly_token_quota, claimed_quota),
        coalesce(coalesce(u.tokens, 0) >= coalesce(m.monthly_token_quota, claimed_quota), false),
        month_start(org, (this_month + interval '1 month')::date)
    from (values (true)) always
    left join usage_months u on u.org_id = org and u.user_id = whose and u.month = this_month
    left join members m on m.org_id = org and m.id = whose;
end
$$;
--rollback drop function usage_of_month(uuid, bigint);

--changeset voice:usage-lock-month runOnChange:true splitStatements:false
-- The same, under the lock that the runs of this user wait for until the transaction ends: of several runs at the same time each sees what
-- those before it used. Runs as the owner, since only it writes the months; users and enterprise users lock their own alone.
create or replace function lock_usage_of_month(whose uuid, claimed_quota bigint) returns table (month date, runs int, tokens bigint,
        seconds bigint, cost numeric, monthly_token_quota bigint, is_used_up boolean, resets_at timestamptz)
    language plpgsql security definer set search_path = ${schema}, pg_temp rows 1 as $$
declare
    org constant uuid := current_org_id();
    this_month constant date := current_month(org);
begin
    if not coalesce(current_role_name() in ('admin', 'service')
        or current_role_name() in ('user', 'enterprise') and whose = current_user_id(), false)
    then
        raise exception using errcode = 'insufficient_privilege', message = 'the usage of others is not yours to lock';
    end if;
    insert into usage_months (org_id, user_id, month) values (org, whose, this_month) on conflict do nothing;
    perform from usage_months u where u.org_id = org and u.user_id = whose and u.month = this_month for no key update;
    return query select u.* from usage_of_month(whose, claimed_quota) u;
end
$$;
revoke all on function lock_usage_of_month(uuid, bigint) from public;
grant execute on function lock_usage_of_month(uuid, bigint) to ${schema}_app;
--rollback drop function lock_usage_of_month(uuid, bigint);

--changeset voice:usage-days runOnChange:true splitStatements:false
-- The days that are asked for, both included: until today of the organization's clock, and so many days before, or from the first of the
-- last day's month where no number is given. No row for more than 366 days, nor where they end before they begin.
create or replace function usage_days(start_date date, end_date date, days int) returns table (since date, until date)
    language plpgsql stable rows 1 as $$
begin
    until := coalesce(end_date, organization_time(current_org_id(), now())::date);
    since := coalesce(start_date, until - days + 1, date_trunc('month', until::timestamp)::date);
    if until >= since and until - since <= 365 then
        return next;
    end if;
end
$$;
--rollback drop function usage_days(date, date, int);

--changeset voice:usage-daily runOnChange:true splitStatements:false
-- What a user used on each of the days, oldest first, zeros included; as usage_days, of 30 days unless both ends are given.
create or replace function daily_usage(whose uuid, start_date date, end_date date) returns table (day date, runs bigint,
        tokens bigint, seconds bigint, cost numeric)
    language plpgsql stable rows 30 as $$
declare
    org constant uuid := current_org_id();
begin
    return query
    select g::date, coalesce(sum(t.runs), 0)::bigint, coalesce(sum(t.tokens), 0)::bigint, coalesce(sum(t.seconds), 0)::bigint,
        trim_scale(coalesce(sum(t.cost), 0))
    from usage_days(start_date, end_date, 30) d
    cross join lateral generate_series(d.since::timestamp, d.until::timestamp, interval '1 day') g
    left join user_usage_tracking t on t.org_id = org and t.user_id = whose and t.day = g::date
    group by g order by g;
end
$$;
--rollback drop function daily_usage(uuid, date, date);
