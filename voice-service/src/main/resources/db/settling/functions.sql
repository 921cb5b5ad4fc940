--liquibase formatted sql

--changeset voice:settling-longest-call runOnChange:true splitStatements:false
-- How long a call may last: as the client's assistant says, else its voice agent, else as long as any voice agent's may.
create or replace function longest_call(org uuid, agent uuid, assistant uuid) returns interval language sql stable as $$
    select make_interval(secs => coalesce(
        (select c.max_call_duration from client_assistants c where c.org_id = org and c.id = assistant),
        (select a.max_call_duration from agents a where a.org_id = org and a.id = agent),
        43200))
$$;
--rollback drop function longest_call(uuid, uuid, uuid);

--changeset voice:settling-note-open-calls runOnChange:true splitStatements:false
-- Looks at the next open calls, of all tenants, each once: when the shortest that one may be, 10 s, has been over for ten minutes. Notes when each
-- is to be settled, and answers how many it has looked at. One replica at a time; most calls are over by then, and cost nothing.
create or replace function note_open_calls() returns int
    language plpgsql security definer set search_path = ${schema}, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off as $$
declare
    most constant int := 1000;
    newest constant uuid := uuid_v7_floor(now() - interval '610 seconds');
    looked uuid;
    last_id uuid;
    looked_at int;
begin
    select p.looked_until into looked from settling_position p for update skip locked;
    if looked is null then
        return 0;
    end if;
    with seen as (
        select c.org_id, c.id, c.created_at, c.agent_id, c.assistant_id from call_logs c
        where c.status <> 'ended' and c.id > looked and c.id < newest order by c.id limit most
    ), noted as (
        insert into calls_to_settle (org_id, call_id, due_at)
        select o.org_id, o.id, o.created_at + longest_call(o.org_id, o.agent_id, o.assistant_id) + interval '10 minutes' from seen o
        on conflict do nothing
    )
    select count(*), max(o.id::text)::uuid into looked_at, last_id from seen o;
    update settling_position p set looked_until = case when looked_at = most then last_id else greatest(looked, newest) end
    where p.looked_until <> case when looked_at = most then last_id else greatest(looked, newest) end;
    return looked_at;
end
$$;
revoke all on function note_open_calls() from public;
grant execute on function note_open_calls() to ${schema}_app;
--rollback drop function note_open_calls();

--changeset voice:settling-queue-stuck-calls runOnChange:true splitStatements:false
-- Makes work of at most 1,000 calls that are open for longer than they may be, of all tenants, and answers how many were due. A leg is
-- settled with its head.
create or replace function queue_stuck_calls() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with due as (
        delete from calls_to_settle where ctid = any (array(
            select s.ctid from calls_to_settle s where s.due_at <= now() order by s.due_at limit 1000 for update skip locked))
        returning org_id, call_id
    ), queued as (
        insert into work (org_id, kind, payload)
        select d.org_id, 'settle_call', jsonb_build_object('callId', d.call_id)
        from due d join call_logs c on c.org_id = d.org_id and c.id = d.call_id
        where c.status <> 'ended' and c.head_id is null
    )
    select count(*)::int from due
$$;
revoke all on function queue_stuck_calls() from public;
grant execute on function queue_stuck_calls() to ${schema}_app;
--rollback drop function queue_stuck_calls();

--changeset voice:settling-give-up runOnChange:true splitStatements:false
-- Closes a call whose end its provider does not tell, with its legs; later word of it still counts. What a leg tells of the end counts, as it
-- does where nothing is known of the head; else its state is unknown. Answers 'ended', 'unknown', 'never_began' where nothing ever told of
-- its state, or null where it is over meanwhile, or was given up before.
create or replace function give_up_call(call uuid) returns text language plpgsql as $$
declare
    org constant uuid := current_org_id();
    head call_logs;
begin
    perform from call_logs c where c.org_id = org and (c.id = call or c.head_id = call) order by c.id for update;
    select c.* into head from call_logs c
    where c.org_id = org and c.id = call and c.head_id is null and c.status <> 'ended'
        and c.ended_reason is distinct from 'settled-unknown';
    if not found then
        return null;
    end if;
    update call_logs c set status = 'unknown', version = c.version + 1
    where c.org_id = org and c.head_id = call and c.status <> 'ended';
    update call_logs c
    set status = 'ended', evidence = c.evidence || '{"status": -1}', version = c.version + 1
    where c.org_id = org and c.id = call and exists (
        select from call_logs l
        where l.org_id = org and l.head_id = call and l.status = 'ended' and coalesce(l.direction <> head.direction, false) = false);
    if found then
        return 'ended';
    end if;
    update call_logs c set status = 'unknown', ended_reason = 'settled-unknown', version = c.version + 1
    where c.org_id = org and c.id = call;
    return case head.status when 'unknown' then 'never_began' else 'unknown' end;
end
$$;
--rollback drop function give_up_call(uuid);

--changeset voice:settling-settle-again runOnChange:true splitStatements:false
-- A call that was given up, and goes on after all, is settled later; so is one that only a leg told the end of. Runs as the owner, since only definer functions note calls.
create or replace function settle_again() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
begin
    insert into calls_to_settle (org_id, call_id, due_at)
    values (new.org_id, new.id, now() + longest_call(new.org_id, new.agent_id, new.assistant_id) + interval '10 minutes')
    on conflict do nothing;
    return null;
end
$$;
revoke all on function settle_again() from public;
create or replace trigger settle_again after update on call_logs for each row
    when ((old.ended_reason = 'settled-unknown' or old.status = 'ended') and new.status > 'unknown' and new.status < 'ended')
    execute function settle_again();
--rollback drop trigger settle_again on call_logs;
--rollback drop function settle_again();

--changeset voice:settling-alerts runOnChange:true splitStatements:false
-- How many calls of the caller's organization were given up within the last hour, as far as ten.
create or replace function calls_given_up() returns int language sql stable as $$
    select count(*)::int from (
        select from work w
        where w.org_id = (select current_org_id()) and w.kind = 'settle_call' and w.state = 'done'
            and w.finished_at > now() - interval '1 hour' and w.result ->> 'outcome' = 'unknown'
        limit 10) g
$$;
--rollback drop function calls_given_up();
