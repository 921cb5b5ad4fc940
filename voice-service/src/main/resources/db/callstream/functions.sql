--liquibase formatted sql

--changeset voice:callstream-record runOnChange:true splitStatements:false
-- Notes, in the transaction that changes a call, that it has changed: one row, whether anybody listens or not. A leg is not told of, but
-- that a call has become one is.
create or replace function record_call_stream_event() returns trigger language plpgsql as $$
declare
    has_ended constant boolean := new.status = 'ended';
begin
    insert into call_stream_events (org_id, call_id, client_id, owner_id, agent_id, became_leg, type)
    values (new.org_id, new.id, new.client_id, new.owner_id, new.agent_id, new.head_id is not null, case
        when new.head_id is not null then 'call.updated'
        when tg_op = 'INSERT' and not has_ended then 'call.started'
        when has_ended and (tg_op = 'INSERT' or old.status <> 'ended') then 'call.ended'
        else 'call.updated' end);
    return null;
end
$$;
create or replace trigger stream_new after insert on call_logs for each row
    when (new.head_id is null) execute function record_call_stream_event();
create or replace trigger stream after update on call_logs for each row
    when ((new.head_id is null or old.head_id is null) and new.version <> old.version and current_setting('app.retention', true) is distinct from 'on')
    execute function record_call_stream_event();
--rollback drop trigger stream on call_logs;
--rollback drop trigger stream_new on call_logs;
--rollback drop function record_call_stream_event();

--changeset voice:callstream-streamed-item runOnChange:true splitStatements:false
-- A call as lists show it, which they do not show of a leg: hence its headId.
create or replace function streamed_item(c call_logs) returns text language sql stable as $$
    select (call_item(c) || case when c.head_id is null then '{}' else jsonb_build_object('headId', c.head_id) end)::text
$$;
--rollback drop function streamed_item(call_logs);

--changeset voice:callstream-streamed-calls runOnChange:true splitStatements:false
-- What happened to calls, for the streams that are open, of any tenants; a call that has become a leg tells its headId, once. Of each
-- subject what is behind a key, or of the last 15 seconds where that is null, at most so many. A subject is a client or a user, who is
-- told of own calls, or the organization itself, which is told of all, or the nil UUID, which is told of those of agents.
-- The settings and "offset 0" leave the planner one way: in the order of the index, a call at a time, whatever it takes the tables for.
create or replace function streamed_calls(orgs uuid[], subjects uuid[], after uuid[], known uuid[], at_most int)
    returns table (org_id uuid, subject uuid, key uuid, type text, item text)
    language sql stable security definer
    set search_path = ${schema}, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_sort = off as $$
    select s.org_id, s.subject, e.id, e.type, e.item
    from unnest(orgs, subjects, after) as s (org_id, subject, after)
    cross join lateral (
        (select e.id, e.type, c.item
        from call_stream_events e
        cross join lateral (
            select streamed_item(c) as item from call_logs c
            where c.org_id = e.org_id and c.id = e.call_id and (c.head_id is not null) = e.became_leg offset 0) c
        where s.subject = s.org_id and e.org_id = s.org_id
            and e.id > coalesce(s.after, (select uuid_v7_floor(now() - interval '15 seconds')))
            and e.id not in (select unnest(known))
        order by e.id limit least(at_most, 100))
        union all
        (select e.id, e.type, c.item
        from call_stream_events e
        cross join lateral (
            select streamed_item(c) as item from call_logs c
            where c.org_id = e.org_id and c.id = e.call_id and (c.head_id is not null) = e.became_leg
                and coalesce(c.client_id = e.client_id, false) offset 0) c -- coalesce: not by the index of clients
        where s.subject <> s.org_id and e.org_id = s.org_id and e.client_id = s.subject
            and not exists (select from clients k where k.org_id = s.org_id and k.id = s.subject and not k.is_active)
            and e.id > coalesce(s.after, (select uuid_v7_floor(now() - interval '15 seconds')))
            and e.id not in (select unnest(known))
        order by e.id limit least(at_most, 100))
        union all
        (select e.id, e.type, c.item
        from call_stream_events e
        cross join lateral (
            select streamed_item(c) as item from call_logs c
            where c.org_id = e.org_id and c.id = e.call_id and (c.head_id is not null) = e.became_leg
                and coalesce(c.owner_id = e.owner_id, false) offset 0) c -- coalesce: not by the index of owners
        where s.subject <> s.org_id and e.org_id = s.org_id and e.owner_id = s.subject
            and e.id > coalesce(s.after, (select uuid_v7_floor(now() - interval '15 seconds')))
            and e.id not in (select unnest(known))
        order by e.id limit least(at_most, 100))
        union all
        (select e.id, e.type, c.item
        from call_stream_events e
        cross join lateral (
            select streamed_item(c) as item from call_logs c
            where c.org_id = e.org_id and c.id = e.call_id and (c.head_id is not null) = e.became_leg
                and c.agent_id is not null offset 0) c
        where s.subject = '00000000-0000-0000-0000-000000000000' and e.org_id = s.org_id and e.agent_id is not null
            and e.id > coalesce(s.after, (select uuid_v7_floor(now() - interval '15 seconds')))
            and e.id not in (select unnest(known))
        order by e.id limit least(at_most, 100))) e
    order by e.id
$$;
revoke all on function streamed_calls(uuid[], uuid[], uuid[], uuid[], int) from public;
grant execute on function streamed_calls(uuid[], uuid[], uuid[], uuid[], int) to ${schema}_app;
--rollback drop function streamed_calls(uuid[], uuid[], uuid[], uuid[], int);

--changeset voice:callstream-forget runOnChange:true splitStatements:false
-- Removes at most 1,000 events that are over an hour old, of all tenants, and says how many.
create or replace function forget_call_stream_events() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with gone as (
        delete from call_stream_events where ctid = any (array(
            select ctid from call_stream_events where id < (select uuid_v7_floor(now() - interval '1 hour'))
            order by id limit 1000 for update skip locked))
        returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function forget_call_stream_events() from public;
grant execute on function forget_call_stream_events() to ${schema}_app;
--rollback drop function forget_call_stream_events();
