--liquibase formatted sql

--changeset voice:delivery-claim runOnChange:true splitStatements:false
-- Leases deliveries that are due, for a worker that holds those given: crosses tenants, since it works for all of them. Subscriptions
-- take turns within their tenant, and tenants with each other, from a random one on: each one's first before each one's second,
-- counting what the worker holds of it already. A subscription that fails gets one at a time, so that an absent receiver costs
-- little. While a delivery is leased, next_attempt_at is when its lease ends. The secrets are sealed. Without sequential scans,
-- as the plans outlive an empty table.
create or replace function claim_subscription_deliveries(
        held_orgs uuid[], held_subscriptions uuid[], at_most int, each_org int, each_subscription int, lease_seconds float8)
    returns table (
        org_id uuid, id uuid, subscription_id uuid, event_id uuid, body text, lease uuid, url text, secret bytea,
        previous_secret bytea)
    language plpgsql security definer rows 16
    set search_path = ${schema}, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
#variable_conflict use_column
declare
    first constant uuid := gen_random_uuid();
    open_orgs uuid[];
    open_subscriptions uuid[];
    open_places int[]; -- how many more of the subscription may run
begin
    -- One step down the index a subscription, which looks at its first delivery alone.
    with recursive from_first (org_id, subscription_id, due_at) as (
        (select d.org_id, d.subscription_id, d.next_attempt_at from subscription_deliveries d
            where d.status = 'pending' and d.org_id >= first
            order by d.org_id, d.subscription_id, d.next_attempt_at limit 1)
        union all
        select n.* from from_first f cross join lateral (
            select d.org_id, d.subscription_id, d.next_attempt_at from subscription_deliveries d
            where d.status = 'pending' and (d.org_id, d.subscription_id) > (f.org_id, f.subscription_id)
            order by d.org_id, d.subscription_id, d.next_attempt_at limit 1) n
    ), up_to_first (org_id, subscription_id, due_at) as (
        (select d.org_id, d.subscription_id, d.next_attempt_at from subscription_deliveries d
            where d.status = 'pending' and d.org_id < first
            order by d.org_id, d.subscription_id, d.next_attempt_at limit 1)
        union all
        select n.* from up_to_first u cross join lateral (
            select d.org_id, d.subscription_id, d.next_attempt_at from subscription_deliveries d
            where d.status = 'pending' and (d.org_id, d.subscription_id) > (u.org_id, u.subscription_id) and d.org_id < first
            order by d.org_id, d.subscription_id, d.next_attempt_at limit 1) n
    ), due as (
        select f.org_id, f.subscription_id from from_first f where f.due_at <= now()
        union all
        select u.org_id, u.subscription_id from up_to_first u where u.due_at <= now()
    ), open as (
        select s.org_id, s.id, case when s.failing_since is null then each_subscription else 1 end
            - (select count(*)::int from unnest(held_subscriptions) as h (id) where h.id = s.id) as places
        from due join webhook_subscriptions s on s.org_id = due.org_id and s.id = due.subscription_id
        where s.status = 'active' and (s.paused_until is null or s.paused_until <= now())
            and (select count(*) from unnest(held_orgs) as h (org_id) where h.org_id = s.org_id) < each_org
            and not exists (select from organization_settings o where o.org_id = s.org_id and o.id = s.org_id and not o.is_active)
    )
    select array_agg(o.org_id), array_agg(o.id), array_agg(o.places) into open_orgs, open_subscriptions, open_places
    from (select * from open where places > 0 limit 1000) o;

    return query
        with chosen as (
            select t.org_id, t.id from (
                select c.org_id, c.id, c.next_attempt_at, row_number() over (partition by c.org_id order by c.turn, c.next_attempt_at)
                    + (select count(*) from unnest(held_orgs) as h (org_id) where h.org_id = c.org_id) as turn
                from (
                    select d.org_id, d.id, d.next_attempt_at, each_subscription - o.places
                        + row_number() over (partition by d.org_id, d.subscription_id order by d.next_attempt_at, d.id) as turn
                    from unnest(open_orgs, open_subscriptions, open_places) as o (org_id, subscription_id, places) cross join lateral (
                        select w.org_id, w.subscription_id, w.id, w.next_attempt_at from subscription_deliveries w
                        where w.org_id = o.org_id and w.subscription_id = o.subscription_id and w.status = 'pending'
                            and w.next_attempt_at <= now()
                        order by w.next_attempt_at, w.id
                        limit case when cardinality(open_subscriptions) > at_most then 1 else o.places end) d) c) t
            where t.turn <= each_org
            order by t.turn, t.next_attempt_at
            limit at_most
        ), locked as (
            select d.org_id, d.id from chosen c join subscription_deliveries d on d.org_id = c.org_id and d.id = c.id
            where d.status = 'pending' and d.next_attempt_at <= now()
            for update of d skip locked
        ), leased as (
            update subscription_deliveries d
            set lease = gen_random_uuid(), next_attempt_at = now() + make_interval(secs => least(greatest(lease_seconds, 1), 3600))
            from locked l where d.org_id = l.org_id and d.id = l.id
            returning d.org_id, d.id, d.subscription_id, d.event_id, d.body, d.lease
        )
        select l.org_id, l.id, l.subscription_id, l.event_id, l.body, l.lease, s.url, s.secret,
            case when s.previous_valid_until > now() then s.previous_secret end
        from leased l join webhook_subscriptions s on s.org_id = l.org_id and s.id = l.subscription_id;
end
$$;
revoke all on function claim_subscription_deliveries(uuid[], uuid[], int, int, int, float8) from public;
grant execute on function claim_subscription_deliveries(uuid[], uuid[], int, int, int, float8) to ${schema}_app;
--rollback drop function claim_subscription_deliveries(uuid[], uuid[], int, int, int, float8);

--changeset voice:delivery-release runOnChange:true splitStatements:false
-- Gives leases back whose deliveries have not begun.
create or replace function release_subscription_deliveries(tokens uuid[]) returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with released as (
        update subscription_deliveries d set lease = null, next_attempt_at = now()
        where d.lease = any (tokens)
        returning 1
    )
    select count(*)::int from released
$$;
revoke all on function release_subscription_deliveries(uuid[]) from public;
grant execute on function release_subscription_deliveries(uuid[]) to ${schema}_app;
--rollback drop function release_subscription_deliveries(uuid[]);

--changeset voice:delivery-next-attempt runOnChange:true splitStatements:false
-- When the next try is due after so many failed ones: 5 s, 5 and 30 min, 2, 5, 10, 16 and 24 h after the first, a little later by
-- chance. A try that was late itself is followed no sooner than 5 min later, or the step if that is shorter. Null after the last.
create or replace function next_delivery_attempt(first_attempt timestamptz, failed_tries int) returns timestamptz
    language sql volatile as $$
    select greatest(first_attempt + s.until, now() + least(s.step, interval '5 minutes'))
        + random() * least(s.step / 10, interval '1 minute')
    from (
        select o.until, o.until - lag(o.until, 1, interval '0') over (order by o.n) as step, o.n
        from unnest(array['5 s', '5 min', '30 min', '2 h', '5 h', '10 h', '16 h', '24 h']::interval[])
            with ordinality as o (until, n)) s
    where s.n = failed_tries
$$;
--rollback drop function next_delivery_attempt(timestamptz, int);

--changeset voice:delivery-disable runOnChange:true splitStatements:false
-- Disables a subscription for the reason, once, and owes the admins a notification.
create or replace function disable_failing_subscription(subscription uuid, reason text) returns void
    language sql as $$
    with disabled as (
        update webhook_subscriptions s set status = 'disabled', disabled_reason = reason, version = s.version + 1
        where s.org_id = (select current_org_id()) and s.id = subscription and s.status = 'active'
        returning s.org_id, s.id, s.url
    )
    insert into outbox (org_id, destination, event)
    select d.org_id, 'crm-service', jsonb_build_object('method', 'POST', 'path', '/internal/notifications', 'body',
        jsonb_build_object(
            'audience', jsonb_build_object('roles', jsonb_build_array('admin')),
            'type', 'system_alert',
            'title', 'A webhook subscription was disabled',
            'message', format('Events are no longer sent to %s: %s.', left(d.url, 1500), reason),
            'relatedType', 'webhook_subscription',
            'relatedId', d.id))
    from disabled d
$$;
--rollback drop function disable_failing_subscription(uuid, text);

--changeset voice:delivery-finish runOnChange:true splitStatements:false
-- Stores the outcome of a try, within its tenant, and says what became of the delivery; null where the lease was lost. A reason
-- to fail is null for a 2xx. The subscription's row is locked first, as by those who disable it.
create or replace function finish_subscription_delivery(
        token uuid, took_seconds float8, answered int, excerpt text, failure text, retry_after_seconds float8, is_gone boolean)
    returns text language plpgsql as $$
declare
    began constant timestamptz := now() - make_interval(secs => took_seconds);
    delivery subscription_deliveries;
    subscription webhook_subscriptions;
    next_attempt timestamptz;
    reason text;
begin
    select d.* into delivery from subscription_deliveries d where d.org_id = (select current_org_id()) and d.lease = token;
    select s.* into subscription from webhook_subscriptions s
    where s.org_id = delivery.org_id and s.id = delivery.subscription_id;
    if failure is not null or subscription.failing_since is not null then
        select s.* into subscription from webhook_subscriptions s
        where s.org_id = delivery.org_id and s.id = delivery.subscription_id for no key update;
    end if;

    if failure is not null and not is_gone then
        next_attempt := next_delivery_attempt(coalesce(delivery.first_attempt_at, began), delivery.attempts + 1);
        if next_attempt is not null then
            next_attempt := greatest(next_attempt, now() + make_interval(secs => retry_after_seconds));
        end if;
    end if;
    update subscription_deliveries d
    set status = case when failure is null then 'delivered' when next_attempt is null then 'failed' else 'pending' end,
        attempts = d.attempts + 1, next_attempt_at = coalesce(next_attempt, now()), lease = null,
        first_attempt_at = coalesce(d.first_attempt_at, began), last_attempt_at = began,
        response_status = answered, response_excerpt = excerpt, error = failure,
        ended_at = case when next_attempt is null then now() end
    where d.org_id = (select current_org_id()) and d.lease = token
    returning d.* into delivery;
    if not found then
        return null;
    end if;

    if failure is null then
        update webhook_subscriptions s set failing_since = null, paused_until = null
        where s.org_id = delivery.org_id and s.id = delivery.subscription_id and s.failing_since is not null;
        return delivery.status;
    end if;
    update webhook_subscriptions s
    set failing_since = coalesce(s.failing_since, began),
        paused_until = greatest(s.paused_until, now() + make_interval(secs => retry_after_seconds))
    where s.org_id = delivery.org_id and s.id = delivery.subscription_id and (s.failing_since is null or retry_after_seconds > 0);
    reason := case
        when is_gone then 'the receiver answered 410 (gone)'
        when subscription.failing_since < now() - interval '5 days' then 'it has failed for 5 days' end;
    if reason is not null then
        perform disable_failing_subscription(delivery.subscription_id, reason);
    end if;
    return delivery.status;
end
$$;
--rollback drop function finish_subscription_delivery(uuid, float8, int, text, text, float8, boolean);

--changeset voice:delivery-fresh-start runOnChange:true splitStatements:false
-- A subscription that is enabled again or leads elsewhere has not failed yet.
create or replace function start_subscription_afresh() returns trigger language plpgsql as $$
begin
    new.failing_since := null;
    new.paused_until := null;
    return new;
end
$$;
create or replace trigger start_afresh before update on webhook_subscriptions for each row
    when (new.status = 'active' and (old.status <> 'active' or new.url <> old.url))
    execute function start_subscription_afresh();
--rollback drop trigger start_afresh on webhook_subscriptions;
--rollback drop function start_subscription_afresh();
