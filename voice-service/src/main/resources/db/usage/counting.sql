--liquibase formatted sql

--changeset voice:usage-current-month runOnChange:true splitStatements:false
-- The first day of the present month by the organization's clock.
create or replace function current_month(org uuid) returns date language sql stable as $$
    select date_trunc('month', organization_time(org, now()))::date
$$;
--rollback drop function current_month(uuid);

--changeset voice:usage-notify-owner runOnChange:true splitStatements:false
-- Owes the owner a notification that 80 or 100 % of the quota are used, each once a month, and only of the present month: a call that is
-- told late changes nothing any more. A quota that is not known here yet gives none.
create or replace function notify_of_quota(used usage_months) returns void language plpgsql as $$
declare
    quota constant bigint := (
        select m.monthly_token_quota from members m where m.org_id = used.org_id and m.id = used.user_id);
    reached constant int := case when used.tokens >= quota then 100 when used.tokens >= quota * 0.8 then 80 else 0 end;
begin
    if reached <= used.noticed_percent or used.month <> current_month(used.org_id) then
        return;
    end if;
    update usage_months m set noticed_percent = reached
    where m.org_id = used.org_id and m.user_id = used.user_id and m.month = used.month;
    insert into outbox (org_id, destination, event) values (used.org_id, 'crm-service', jsonb_build_object(
        'method', 'POST', 'path', '/internal/notifications',
        'idempotencyKey', format('quota:%s:%s:%s', used.user_id, to_char(used.month, 'YYYY-MM'), reached),
        'body', jsonb_build_object(
            'audience', jsonb_build_object('userId', used.user_id),
            'type', 'system_alert',
            'priority', case reached when 100 then 'high' else 'normal' end,
            'title', case reached when 100 then 'This month''s tokens are used up'
                else '80 % of this month''s tokens are used' end,
            'message', format('Your voice agents have used %s of %s tokens. %s on %s.',
                to_char(used.tokens, 'FM999,999,999,999,999,999'), to_char(quota, 'FM999,999,999,999,999,999'),
                case reached when 100 then 'They take no calls and run no further until the count begins anew'
                    else 'The count begins anew' end,
                to_char(used.month + interval '1 month', 'FMMonth FMDD, YYYY')))));
end
$$;
--rollback drop function notify_of_quota(usage_months);

--changeset voice:usage-add runOnChange:true splitStatements:false
-- Adds numbers, which may be negative, to the rows of a run's keys: the month's first, which others wait for.
create or replace function add_usage(run agent_runs, more_runs int, more_tokens bigint, more_seconds bigint, more_cost numeric)
    returns void language plpgsql as $$
declare
    used usage_months;
begin
    insert into usage_months as m (org_id, user_id, month, runs, calls, tokens, seconds, cost)
    values (run.org_id, run.owner_id, date_trunc('month', run.local_day::timestamp)::date, more_runs,
        case run.source when 'call' then more_runs else 0 end, more_tokens, more_seconds, more_cost)
    on conflict (org_id, user_id, month) do update
    set runs = m.runs + excluded.runs, calls = m.calls + excluded.calls, tokens = m.tokens + excluded.tokens,
        seconds = m.seconds + excluded.seconds, cost = m.cost + excluded.cost
    returning m.* into used;
    insert into user_usage_tracking as t (org_id, user_id, day, agent_id, source, runs, tokens, seconds, cost)
    values (run.org_id, run.owner_id, run.local_day, run.agent_id, run.source, more_runs, more_tokens, more_seconds, more_cost)
    on conflict (org_id, user_id, day, agent_id, source) do update
    set runs = t.runs + excluded.runs, tokens = t.tokens + excluded.tokens, seconds = t.seconds + excluded.seconds,
        cost = t.cost + excluded.cost;
    if more_tokens > 0 then
        perform notify_of_quota(used);
    end if;
end
$$;
--rollback drop function add_usage(agent_runs, int, bigint, bigint, numeric);

--changeset voice:usage-update-tracking runOnChange:true splitStatements:false
-- Counts each run once, and by the difference when it changes. Runs as the owner, since only it writes these tables.
create or replace function update_user_usage_tracking() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
begin
    if tg_op = 'UPDATE'
        and (old.owner_id, old.local_day, old.agent_id, old.source) = (new.owner_id, new.local_day, new.agent_id, new.source)
    then
        perform add_usage(new, 0, new.tokens - old.tokens, new.duration_seconds - old.duration_seconds, new.cost - old.cost);
        return null;
    end if;
    if tg_op <> 'INSERT' then
        perform add_usage(old, -1, -old.tokens, -old.duration_seconds, -old.cost);
        delete from user_usage_tracking t
        where t.org_id = old.org_id and t.user_id = old.owner_id and t.day = old.local_day and t.agent_id = old.agent_id
            and t.source = old.source and t.runs = 0;
    end if;
    if tg_op <> 'DELETE' then
        perform add_usage(new, 1, new.tokens, new.duration_seconds, new.cost);
    end if;
    return null;
end
$$;
revoke all on function update_user_usage_tracking() from public;
create or replace trigger update_user_usage_tracking after insert or delete or update on agent_runs
    for each row execute function update_user_usage_tracking();
--rollback drop trigger update_user_usage_tracking on agent_runs;
--rollback drop function update_user_usage_tracking();

--changeset voice:usage-record-call-run runOnChange:true splitStatements:false
-- Keeps the run of a call: one that has ended, is no leg, and whose agent and owner are known. Fires at the end of the transaction and
-- under the lock of count_call, for the same reason. Runs as the owner, since the service writes no runs of calls.
create or replace function record_call_run() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
begin
    perform pg_advisory_xact_lock(hashtext('${schema}.call_analytics'), hashtext(coalesce(new.org_id, old.org_id)::text) & 1023);
    if tg_op = 'DELETE' or new.status <> 'ended' or new.head_id is not null or new.owner_id is null or new.agent_id is null then
        delete from agent_runs r
        where r.org_id = coalesce(new.org_id, old.org_id) and r.id = coalesce(new.id, old.id) and r.source = 'call';
        return null;
    end if;
    insert into agent_runs as r (org_id, id, agent_id, owner_id, source, local_day, started_at, ended_at, tokens, duration_seconds, cost)
    values (new.org_id, new.id, new.agent_id, new.owner_id, 'call', new.local_day, new.started_at,
        coalesce(new.ended_at, new.started_at + make_interval(secs => coalesce(new.duration_seconds, 0))),
        coalesce(new.tokens, 0), coalesce(new.duration_seconds, 0),
        case when coalesce(new.currency, 'USD') = 'USD' then coalesce(new.cost, 0) else 0 end)
    on conflict (org_id, id) do update
    set agent_id = excluded.agent_id, owner_id = excluded.owner_id, local_day = excluded.local_day,
        started_at = excluded.started_at, ended_at = excluded.ended_at, tokens = excluded.tokens,
        duration_seconds = excluded.duration_seconds, cost = excluded.cost
    where r.source = 'call'
        and (r.agent_id, r.owner_id, r.local_day, r.started_at, r.ended_at, r.tokens, r.duration_seconds, r.cost)
        is distinct from (excluded.agent_id, excluded.owner_id, excluded.local_day, excluded.started_at, excluded.ended_at,
            excluded.tokens, excluded.duration_seconds, excluded.cost);
    return null;
end
$$;
revoke all on function record_call_run() from public;
--rollback drop function record_call_run();
