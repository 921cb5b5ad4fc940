--liquibase formatted sql

--changeset voice:inbox-event-life runOnChange:true splitStatements:false
create or replace function webhook_event_life() returns trigger language plpgsql as $$
begin
    if new.status in ('running', 'done') and old.status in ('done', 'dead') then
        raise exception using errcode = 'SB409', constraint = 'webhook_event_transition_illegal', message = format(
            'webhook_event_transition_illegal: a webhook event that is %s cannot become %s', old.status, new.status);
    end if;
    return new;
end
$$;
create or replace trigger life before update on processed_webhook_events
    for each row when (new.status is distinct from old.status) execute function webhook_event_life();
--rollback drop trigger life on processed_webhook_events;
--rollback drop function webhook_event_life();

--changeset voice:inbox-record runOnChange:true splitStatements:false
-- Stores a batch of verified events, of several tenants. The endpoint decides the tenant, not the caller; events of a deleted
-- endpoint are left out. Answers the ids that are stored, and those that are refused because most_pending events of their call
-- are pending already, give or take a batch; the others are repeats.
-- `repeats` says what becomes of other bytes of a known name: 'ignored'; 'added', kept as …:2, …:3 up to …:9; or
-- 'replaced', where …:2 is always the latest by the provider's time. All rows are taken in one order, so that batches
-- with the same names wait for each other and never in a circle: events first, then calls of the queue, as workers do.
-- Events without a body name in `deliveries` the shared body that is theirs; it is stored if one of them is new.
-- Without sequential scans, as the plans outlive an empty table. They are made once: for a small batch PostgreSQL would take
-- making them anew to be cheaper.
create or replace function record_webhook_events(
        ids uuid[], endpoints uuid[], event_ids text[], types text[], call_keys text[], repeats text[],
        sent timestamptz[], bodies bytea[], flaws text[], deliveries uuid[], shared_ids uuid[], shared_bodies bytea[],
        most_pending int)
    returns table (id uuid, stored boolean)
    language plpgsql security definer
    set search_path = ${schema}, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
    most constant int := least(greatest(most_pending, 1), 1000000);
    known_endpoints uuid[];
    orgs uuid[];
    providers text[];
    fresh uuid[];
    refused uuid[] := '{}';
    some_known boolean;
    other record;
    name text;
    known bytea;
    kept uuid;
begin
    select array_agg(e.id), array_agg(e.org_id), array_agg(e.provider) into known_endpoints, orgs, providers
    from directory_webhook_endpoints d join webhook_endpoints e on e.org_id = d.org_id and e.id = d.id
    where d.id = any (endpoints);

    if exists (select from call_queue q where q.deep) then
        select coalesce(array_agg(i.id), '{}') into refused
        from unnest(ids, endpoints, call_keys) as i (id, endpoint_id, call_key)
        join unnest(known_endpoints, orgs, providers) as p (endpoint_id, org_id, provider) using (endpoint_id)
        where most <= (
            select q.pending from call_queue q
            where q.org_id = p.org_id and q.provider = p.provider and q.call_key = i.call_key);
    end if;

    with stored as (
        insert into processed_webhook_events (
            org_id, id, endpoint_id, provider, event_id, type, call_key, sent_at, body, delivery_id, body_sha256, status,
            error, processed_at)
        select p.org_id, i.id, i.endpoint_id, p.provider, i.event_id, i.type, i.call_key, i.sent_at, i.body, i.delivery_id,
            case when i.repeat <> 'ignored' then sha256(i.body) end,
            case when i.flaw is null then 'pending' else 'dead' end::webhook_event_status, i.flaw,
            case when i.flaw is not null then now() end
        from unnest(ids, endpoints, event_ids, types, call_keys, repeats, sent, bodies, flaws, deliveries)
            as i (id, endpoint_id, event_id, type, call_key, repeat, sent_at, body, flaw, delivery_id)
        join unnest(known_endpoints, orgs, providers) as p (endpoint_id, org_id, provider) using (endpoint_id)
        where i.id <> all (refused)
        order by p.org_id, p.provider, i.event_id, i.id
        on conflict on constraint webhook_event_known do nothing
        returning id
    )
    select coalesce(array_agg(s.id), '{}') into fresh from stored s;

    -- Planned each time, as a plan made on an empty table would not use the names; repeats with other bytes are few. Each name
    -- is looked up by itself: until the first analyze, all events of a provider seem as few as those of a name.
    some_known := cardinality(fresh || refused) < cardinality(ids) and ('added' = any (repeats) or 'replaced' = any (repeats));
    if some_known then
        execute $sql$
            select from (
                select p.org_id, p.provider, i.event_id || ':' || n as name
                from unnest($1, $2, $3, $4) as i (id, endpoint_id, event_id, repeat)
                join unnest($5, $6, $7) as p (endpoint_id, org_id, provider) using (endpoint_id)
                cross join generate_series(2, 9) n
                where i.repeat <> 'ignored' and i.id <> all ($8)
                order by 1, 2, 3) i
            cross join lateral (
                select from processed_webhook_events k
                where k.org_id = i.org_id and k.provider = i.provider and k.event_id = i.name
                for update) k$sql$
        using ids, endpoints, event_ids, repeats, known_endpoints, orgs, providers, fresh || refused;
    end if;

    insert into call_queue as q (org_id, provider, call_key, event_id, pending, due_at, owed, deep)
    select p.org_id, p.provider, coalesce(i.call_key, i.id::text), case when i.call_key is null then i.id end,
        count(*), now(), false, count(*) >= most
    from unnest(ids, endpoints, call_keys, flaws) as i (id, endpoint_id, call_key, flaw)
    join unnest(known_endpoints, orgs, providers) as p (endpoint_id, org_id, provider) using (endpoint_id)
    where i.flaw is null and i.id = any (fresh)
    group by 1, 2, 3, 4
    order by 1, 2, 3
    on conflict (org_id, provider, call_key) do update
        set pending = q.pending + excluded.pending, owed = false, deep = q.deep or q.pending + excluded.pending >= most,
            due_at = case when q.owed then now() else least(q.due_at, now()) end;
    return query select n, true from unnest(fresh) n union all select n, false from unnest(refused) n;

    if cardinality(shared_ids) > 0 then
        insert into webhook_deliveries (org_id, id, body)
        select o.org_id, s.id, s.body from unnest(shared_ids, shared_bodies) as s (id, body)
        cross join lateral (
            select p.org_id from unnest(ids, endpoints, deliveries) as i (id, endpoint_id, delivery_id)
            join unnest(known_endpoints, orgs, providers) as p (endpoint_id, org_id, provider) using (endpoint_id)
            where i.delivery_id = s.id and i.id = any (fresh)
            limit 1) o;
    end if;
    if not some_known then
        return;
    end if;

    for other in execute $sql$
        select p.org_id, p.provider, i.*, sha256(i.body) as body_sha256
        from unnest($1, $2, $3, $4, $5, $6, $7, $8)
            as i (id, endpoint_id, event_id, type, call_key, repeat, sent_at, body)
        join unnest($9, $10, $11) as p (endpoint_id, org_id, provider) using (endpoint_id)
        cross join lateral (
            select k.sent_at, k.body_sha256 from processed_webhook_events k
            where k.org_id = p.org_id and k.provider = p.provider and k.event_id = i.event_id
            offset 0) k
        where i.repeat in ('added', 'replaced') and i.id <> all ($12)
            and k.body_sha256 is distinct from sha256(i.body)
            and (i.repeat = 'added' or k.sent_at is null or i.sent_at is null or i.sent_at >= k.sent_at)
        order by p.org_id, p.provider, i.event_id, i.sent_at, i.id$sql$
        using ids, endpoints, event_ids, types, call_keys, repeats, sent, bodies, known_endpoints, orgs, providers, fresh || refused
    loop
        for n in 2 .. case other.repeat when 'added' then 9 else 2 end loop
            name := other.event_id || ':' || n;
            insert into processed_webhook_events as e (
                org_id, id, endpoint_id, provider, event_id, revision, type, call_key, sent_at, body, body_sha256)
            values (other.org_id, other.id, other.endpoint_id, other.provider, name, n, other.type, other.call_key,
                other.sent_at, other.body, other.body_sha256)
            on conflict on constraint webhook_event_known do update
                set sent_at = excluded.sent_at, body = excluded.body,
                    body_sha256 = excluded.body_sha256, received_at = now(), status = 'pending', attempts = 0,
                    error = null, applied_at = null, next_attempt_at = now(), lease = null, lease_until = null,
                    processed_at = null, worker_lost = false
                where other.repeat = 'replaced' and e.body_sha256 <> excluded.body_sha256 and e.sent_at < excluded.sent_at
            returning e.id into kept;
            if found then
                return query select other.id, true;
                exit;
            end if;
            execute 'select k.body_sha256 from processed_webhook_events k'
                ' where k.org_id = $1 and k.provider = $2 and k.event_id = $3'
            into known using other.org_id, other.provider, name;
            exit when known is not distinct from other.body_sha256;
        end loop;
        -- Where another event was replaced, the trigger has kept the queue.
        if kept = other.id then
            insert into call_queue as q (org_id, provider, call_key, event_id, pending, due_at, owed)
            values (other.org_id, other.provider, coalesce(other.call_key, other.id::text),
                case when other.call_key is null then other.id end, 1, now(), false)
            on conflict (org_id, provider, call_key) do update
                set pending = q.pending + 1, owed = false, deep = q.deep or q.pending + 1 >= most,
                    due_at = case when q.owed then now() else least(q.due_at, now()) end;
        end if;
    end loop;
end
$$;
revoke all on function record_webhook_events(
    uuid[], uuid[], text[], text[], text[], text[], timestamptz[], bytea[], text[], uuid[], uuid[], bytea[], int)
    from public;
grant execute on function record_webhook_events(
    uuid[], uuid[], text[], text[], text[], text[], timestamptz[], bytea[], text[], uuid[], uuid[], bytea[], int)
    to ${schema}_app;
--rollback drop function record_webhook_events;

--changeset voice:inbox-record-answer runOnChange:true splitStatements:false
-- Stores what a provider answered about a call, of the caller's organization, as an event of the call. It weighs less than the provider's own
-- reports (revision), and is of the endpoint that told of the call last, if any did. For the service's own work alone.
create or replace function record_provider_answer(call_provider text, key text, event_name text, event_type text, rev int, answer bytea)
    returns void language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    org constant uuid := current_org_id();
begin
    if current_role_name() is distinct from 'service' then
        raise exception using errcode = 'insufficient_privilege', message = 'only the service records what providers answer';
    end if;
    insert into processed_webhook_events (org_id, endpoint_id, provider, event_id, revision, type, call_key, body)
    values (org, coalesce((
            select e.endpoint_id from processed_webhook_events e
            where e.org_id = org and e.call_key = key and e.provider = call_provider and e.status in ('done', 'dead')
            order by e.id desc limit 1), '00000000-0000-0000-0000-000000000000'),
        call_provider, left(event_name, 500), least(greatest(rev, 1), 1000), left(event_type, 100), key, answer)
    on conflict on constraint webhook_event_known do nothing;
    if found then
        insert into call_queue as q (org_id, provider, call_key, pending, due_at, owed)
        values (org, call_provider, key, 1, now(), false)
        on conflict (org_id, provider, call_key) do update
            set pending = q.pending + 1, owed = false, due_at = case when q.owed then now() else least(q.due_at, now()) end;
    end if;
end
$$;
revoke all on function record_provider_answer(text, text, text, text, int, bytea) from public;
grant execute on function record_provider_answer(text, text, text, text, int, bytea) to ${schema}_app;
--rollback drop function record_provider_answer(text, text, text, text, int, bytea);
