--liquibase formatted sql

--changeset audit:rows-of splitStatements:false runOnChange:true
-- A batch as rows, in its own order. Stable, so that it becomes part of the query that asks.
create or replace function rows_of(events jsonb) returns table (
    place int, id uuid, org_id uuid, occurred_at timestamptz, actor_id text, actor_type text, action text, resource_type text,
    resource_id text, service text, old_data jsonb, new_data jsonb, ip_address text, user_agent text, request_id text, outcome text)
    language sql stable parallel safe begin atomic
    select (e.place - 1)::int, e.id, e."orgId", e."occurredAt", e."actorId", e."actorType", e.action, e."resourceType",
        e."resourceId", e.service, e."oldData", e."newData", e."ipAddress", e."userAgent", e."requestId", e.outcome
    from rows from (jsonb_to_recordset(events) as (
        id uuid, "orgId" uuid, "occurredAt" timestamptz, "actorId" text, "actorType" text, action text,
        "resourceType" text, "resourceId" text, service text, "oldData" jsonb, "newData" jsonb,
        "ipAddress" text, "userAgent" text, "requestId" text, outcome text
    )) with ordinality as e (
        id, "orgId", "occurredAt", "actorId", "actorType", action, "resourceType", "resourceId", service,
        "oldData", "newData", "ipAddress", "userAgent", "requestId", outcome, place);
end;
--rollback drop function rows_of(jsonb);

--changeset audit:recording-lock splitStatements:false runOnChange:true
-- The advisory lock that transactions share while they record. As an unsigned number below 2^32, so that pg_locks has it in objid.
create or replace function recording_lock() returns bigint language sql immutable parallel safe
    as 'select hashtext(''${schema}.record_events'')::bigint & 4294967295';
--rollback drop function recording_lock();

--changeset audit:record-events splitStatements:false runOnChange:true
-- Records a batch of several organizations' events, each once whatever is resent, and answers for those that it did not
-- record: 'duplicate' for one already known, 'changed' for another body under a known id. The only way into audit_logs.
create or replace function record_events(events jsonb) returns table (index int, verdict text)
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    numbers bigint[];
    orgs uuid[];
    ids uuid[];
begin
    -- Before a number is drawn, and until the commit: seal_horizon() waits for it.
    perform pg_advisory_xact_lock_shared(recording_lock());
    -- In the sender's order, whatever the order of the ids.
    numbers := (select array_agg(nextval('record_no')) from generate_series(1, jsonb_array_length(events)));
    with event as (
        -- Of two with one id in a batch the first counts. In the key's order, so that batches that overlap cannot deadlock.
        select distinct on (e.org_id, e.id) e.* from rows_of(events) e order by e.org_id, e.id, e.place
    ), recorded as (
        insert into audit_logs as l (
            org_id, id, occurred_at, actor_id, actor_type, action, resource_type, resource_id, service,
            old_data, new_data, ip_address, user_agent, request_id, outcome, no)
        select e.org_id, e.id, e.occurred_at, e.actor_id, e.actor_type, e.action, e.resource_type, e.resource_id, e.service,
            e.old_data, e.new_data, e.ip_address, e.user_agent, e.request_id, e.outcome,
            numbers[e.place + 1]
        from event e
        on conflict do nothing
        returning l.org_id, l.id
    )
    select array_agg(r.org_id), array_agg(r.id) into orgs, ids from recorded r;

    if cardinality(ids) = jsonb_array_length(events) then
        return;
    end if;
    -- A statement of its own, hence with a snapshot in which also what others have just committed is seen.
    return query
    select e.place,
        case when (
            l.occurred_at, l.actor_id, l.actor_type, l.action, l.resource_type, l.resource_id, l.service,
            l.old_data, l.new_data, l.ip_address, l.user_agent, l.request_id, l.outcome
        ) is not distinct from (
            e.occurred_at, e.actor_id, e.actor_type, e.action, e.resource_type, e.resource_id, e.service,
            e.old_data, e.new_data, e.ip_address, e.user_agent, e.request_id, e.outcome
        ) then 'duplicate' else 'changed' end
    from (select r.*, row_number() over (partition by r.org_id, r.id order by r.place) as nth from rows_of(events) r) e
    join audit_logs l on l.org_id = e.org_id and l.id = e.id
    where e.nth > 1
        or not exists (select from unnest(orgs, ids) as fresh (org_id, id) where fresh.org_id = e.org_id and fresh.id = e.id);
end
$$;
revoke all on function record_events(jsonb) from public;
grant execute on function record_events(jsonb) to ${schema}_app;
--rollback drop function record_events(jsonb);
