--liquibase formatted sql

-- What the API shows of calls. All run with the caller's rights: row level security decides which rows they see. In plpgsql, which
-- keeps their plans.

--changeset voice:analytics-recent-calls runOnChange:true splitStatements:false
-- The newest calls, of a client or of all that the caller sees. A PIN client sees its own, a user those of own agents, enterprise those
-- of any agent. Each has an index: row level security alone would look at each call in vain.
create or replace function get_recent_calls(client uuid default null, at_most int default 50) returns setof call_logs
    language plpgsql stable rows 50 as $$
declare
    org constant uuid := current_org_id();
    asked_as constant text := current_role_name();
    whose constant uuid := coalesce(client, current_client_id());
    most constant int := least(greatest(at_most, 1), 201);
begin
    if whose is not null then
        return query select c.* from call_logs c where c.org_id = org and c.client_id = whose and c.head_id is null
            order by c.started_at desc, c.id desc limit most;
    elsif asked_as = 'user' then
        return query select c.* from call_logs c where c.org_id = org and c.owner_id = current_user_id() and c.head_id is null
            order by c.started_at desc, c.id desc limit most;
    elsif asked_as = 'enterprise' then
        return query select c.* from call_logs c where c.org_id = org and c.agent_id is not null and c.head_id is null
            order by c.started_at desc, c.id desc limit most;
    elsif asked_as in ('admin', 'agent', 'service') then
        return query select c.* from call_logs c where c.org_id = org and c.head_id is null
            order by c.started_at desc, c.id desc limit most;
    end if;
end
$$;
--rollback drop function get_recent_calls(uuid, int);

--changeset voice:analytics-call-figures runOnChange:true splitStatements:false
create or replace function call_figures(calls numeric, answered numeric, missed numeric, seconds numeric, cost numeric,
        successes numeric, failures numeric) returns jsonb language plpgsql immutable as $$
begin
    return jsonb_build_object('totalCalls', coalesce(calls, 0), 'answeredCalls', coalesce(answered, 0),
        'missedCalls', coalesce(missed, 0), 'totalSeconds', coalesce(seconds, 0),
        'averageSeconds', trim_scale(round(seconds / nullif(answered, 0), 2)), 'totalCost', trim_scale(coalesce(cost, 0)),
        'successRate', trim_scale(round(successes / nullif(successes + failures, 0), 4)));
end
$$;
--rollback drop function call_figures(numeric, numeric, numeric, numeric, numeric, numeric, numeric);

--changeset voice:analytics-other-costs runOnChange:true splitStatements:false
-- Costs that are not in USD.
create or replace function other_call_costs(since date, until date, whose uuid) returns jsonb language plpgsql stable as $$
begin
    return (
        select coalesce(jsonb_agg(jsonb_build_object('currency', c.value, 'cost', trim_scale(c.cost)) order by c.value), '[]')
        from (
            select b.value, sum(b.cost) as cost from call_breakdowns b
            where b.org_id = (select current_org_id()) and b.kind = 'currency' and b.local_day between since and until
                and (whose is null or b.client_id = whose)
            group by b.value) c
        where c.cost > 0);
end
$$;
--rollback drop function other_call_costs(date, date, uuid);

--changeset voice:analytics-ended-reasons runOnChange:true splitStatements:false
-- The ten most frequent reasons and, without a name, all the others together.
create or replace function call_ended_reasons(since date, until date, whose uuid) returns jsonb language plpgsql stable as $$
begin
    return (
        select coalesce(jsonb_agg(jsonb_build_object('reason', g.reason, 'calls', g.calls) order by g.place), '[]')
        from (
            select case when r.place <= 10 then r.value end as reason, sum(r.calls) as calls, min(r.place) as place
            from (
                select b.value, sum(b.calls) as calls, row_number() over (order by sum(b.calls) desc, b.value) as place
                from call_breakdowns b
                where b.org_id = (select current_org_id()) and b.kind = 'ended_reason' and b.local_day between since and until
                    and (whose is null or b.client_id = whose)
                group by b.value) r
            group by 1) g);
end
$$;
--rollback drop function call_ended_reasons(date, date, uuid);

--changeset voice:analytics-breakdown runOnChange:true splitStatements:false
-- The hundred agents, clients, providers or own numbers with most calls; null without such a word. A key is null for the calls that
-- have none.
create or replace function call_breakdown(dimension text, since date, until date, whose uuid) returns jsonb
    language plpgsql stable as $$
begin
    if dimension in ('agent', 'client') then
        return (
            select coalesce(jsonb_agg(call_breakdown_line(s.key::text, s.calls, s.answered, s.missed, s.seconds, s.cost, s.tokens,
                s.successes, s.failures) order by s.calls desc, s.key), '[]')
            from (
                select case dimension when 'agent' then a.agent_id else a.client_id end as key, sum(a.calls) as calls,
                    sum(a.answered) as answered, sum(a.missed) as missed, sum(a.seconds) as seconds, sum(a.cost) as cost,
                    sum(a.tokens) as tokens, sum(a.successes) as successes, sum(a.failures) as failures
                from call_analytics a
                where a.org_id = (select current_org_id()) and a.local_day between since and until
                    and (whose is null or a.client_id = whose)
                group by 1 order by 2 desc, 1 limit 100) s);
    elsif dimension in ('provider', 'number') then
        return (
            select coalesce(jsonb_agg(call_breakdown_line(s.value, s.calls, s.answered, s.missed, s.seconds, s.cost, s.tokens,
                s.successes, s.failures) order by s.calls desc, s.value), '[]')
            from (
                select b.value, sum(b.calls) as calls, sum(b.answered) as answered, sum(b.missed) as missed,
                    sum(b.seconds) as seconds, sum(b.cost) as cost, sum(b.tokens) as tokens, sum(b.successes) as successes,
                    sum(b.failures) as failures
                from call_breakdowns b
                where b.org_id = (select current_org_id()) and b.kind = dimension and b.local_day between since and until
                    and (whose is null or b.client_id = whose)
                group by 1 order by 2 desc, 1 limit 100) s);
    end if;
    return null;
end
$$;
--rollback drop function call_breakdown(text, date, date, uuid);

--changeset voice:analytics-breakdown-line runOnChange:true splitStatements:false
create or replace function call_breakdown_line(key text, calls numeric, answered numeric, missed numeric, seconds numeric,
        cost numeric, tokens numeric, successes numeric, failures numeric) returns jsonb language plpgsql immutable as $$
begin
    return jsonb_build_object('key', key, 'calls', calls, 'answeredCalls', answered, 'missedCalls', missed, 'seconds', seconds,
        'cost', trim_scale(cost), 'tokens', tokens,
        'successRate', trim_scale(round(successes / nullif(successes + failures, 0), 4)));
end
$$;
--rollback drop function call_breakdown_line(text, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric);

--changeset voice:analytics-dashboard runOnChange:true splitStatements:false
-- The figures of some days until today, by the organization's clock, and those of as many days before; at most 365.
create or replace function get_dashboard_analytics(client uuid default null, days int default 30, dimension text default null)
    returns jsonb language plpgsql stable as $$
declare
    org constant uuid := current_org_id();
    whose constant uuid := coalesce(client, current_client_id());
    span constant int := least(greatest(days, 1), 365);
    today constant date := organization_time(org, now())::date;
    since constant date := today - span + 1;
    earlier constant date := since - span;
begin
    return (
        with daily as materialized (
            select a.local_day, a.local_day >= since as is_current, sum(a.calls) as calls, sum(a.answered) as answered,
                sum(a.missed) as missed, sum(a.seconds) as seconds, sum(a.cost) as cost, sum(a.successes) as successes,
                sum(a.failures) as failures, array[
                    sum(a.by_hour[1]), sum(a.by_hour[2]), sum(a.by_hour[3]), sum(a.by_hour[4]), sum(a.by_hour[5]),
                    sum(a.by_hour[6]), sum(a.by_hour[7]), sum(a.by_hour[8]), sum(a.by_hour[9]), sum(a.by_hour[10]),
                    sum(a.by_hour[11]), sum(a.by_hour[12]), sum(a.by_hour[13]), sum(a.by_hour[14]), sum(a.by_hour[15]),
                    sum(a.by_hour[16]), sum(a.by_hour[17]), sum(a.by_hour[18]), sum(a.by_hour[19]), sum(a.by_hour[20]),
                    sum(a.by_hour[21]), sum(a.by_hour[22]), sum(a.by_hour[23]), sum(a.by_hour[24])] as by_hour
            from call_analytics a
            where a.org_id = org and a.local_day between earlier and today and (whose is null or a.client_id = whose)
            group by a.local_day
        ), figures as (
            select p.is_current, call_figures(sum(d.calls), sum(d.answered), sum(d.missed), sum(d.seconds), sum(d.cost),
                sum(d.successes), sum(d.failures)) as shown
            from (values (true), (false)) p (is_current) left join daily d on d.is_current = p.is_current
            group by p.is_current
        )
        select jsonb_build_object('from', since, 'to', today, 'otherCosts', other_call_costs(since, today, whose),
            'byDay', (
                select jsonb_agg(jsonb_build_object('day', g::date, 'calls', coalesce(d.calls, 0),
                    'seconds', coalesce(d.seconds, 0), 'cost', trim_scale(coalesce(d.cost, 0)),
                    'successes', coalesce(d.successes, 0)) order by g)
                from generate_series(since::timestamp, today::timestamp, interval '1 day') g
                left join daily d on d.local_day = g::date),
            'byHour', (
                select jsonb_agg(jsonb_build_object('hour', h - 1, 'calls', coalesce(c.calls, 0)) order by h)
                from generate_series(1, 24) h
                left join (
                    select u.place, sum(u.calls) as calls
                    from daily d cross join lateral unnest(d.by_hour) with ordinality u (calls, place)
                    where d.is_current group by u.place) c on c.place = h),
            'topAssistants', (
                select coalesce(jsonb_agg(jsonb_build_object('assistantId', t.assistant_id, 'displayName', (
                        select c.display_name from client_assistants c where c.org_id = org and c.id = t.assistant_id),
                    'calls', t.calls) order by t.calls desc, t.assistant_id), '[]')
                from (
                    select a.assistant_id, sum(a.calls) as calls from call_analytics a
                    where a.org_id = org and a.local_day between since and today and a.assistant_id is not null
                        and (whose is null or a.client_id = whose)
                    group by a.assistant_id order by 2 desc, 1 limit 10) t),
            'endedReasons', call_ended_reasons(since, today, whose),
            'breakdown', call_breakdown(dimension, since, today, whose),
            'previous', (select f.shown from figures f where not f.is_current) || jsonb_build_object(
                'from', earlier, 'to', since - 1, 'otherCosts', other_call_costs(earlier, since - 1, whose)))
            || (select f.shown from figures f where f.is_current));
end
$$;
--rollback drop function get_dashboard_analytics(uuid, int, text);

--changeset voice:analytics-usage runOnChange:true splitStatements:false
-- The sums from a day to another, both included: without an end until today, without a beginning from the first of that month.
-- Null for more than 366 days, and where they end before they begin.
create or replace function get_client_usage(client uuid default null, start_date date default null, end_date date default null,
        dimension text default null) returns jsonb language plpgsql stable as $$
declare
    org constant uuid := current_org_id();
    whose constant uuid := coalesce(client, current_client_id());
    until constant date := coalesce(end_date, organization_time(org, now())::date);
    since constant date := coalesce(start_date, date_trunc('month', until::timestamp)::date);
begin
    if until < since or until - since > 365 then
        return null;
    end if;
    return (
        select jsonb_build_object('from', since, 'to', until, 'calls', coalesce(sum(a.calls), 0),
            'seconds', coalesce(sum(a.seconds), 0), 'cost', trim_scale(coalesce(sum(a.cost), 0)),
            'tokens', coalesce(sum(a.tokens), 0), 'otherCosts', other_call_costs(since, until, whose),
            'breakdown', call_breakdown(dimension, since, until, whose))
        from call_analytics a
        where a.org_id = org and a.local_day between since and until and (whose is null or a.client_id = whose));
end
$$;
--rollback drop function get_client_usage(uuid, date, date, text);
