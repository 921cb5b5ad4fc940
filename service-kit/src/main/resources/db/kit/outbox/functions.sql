--liquibase formatted sql

--changeset kit:claim-outbox splitStatements:false runOnChange:true
-- Leases rows for one receiver: crosses tenants, since a relay works for all of them. Tenants take turns: it goes over those
-- after the given one, 100 of them that have rows due, and gives each an equal part. A row that was tried comes after those that
-- were not. The events of one claim have 8 MiB at most, or are a single one; what is too much is left from the end, so that the next
-- claim begins with it. In PL/pgSQL, which keeps its plan: planning takes longer
-- than claiming. The plan is for an outbox of any size. A claim that a crash of the database takes back is made again.
create or replace function claim_outbox(to_whom text, after_org uuid, at_most int, lease_seconds int, token uuid)
    returns table (org_id uuid, id uuid, event text, attempts int)
    language plpgsql security definer set search_path = ${schema}, pg_temp set plan_cache_mode = force_generic_plan
    set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
#variable_conflict use_column
begin
    perform set_config('synchronous_commit', 'off', true);
    return query
    with recursive waiting as (
        -- One step down the index a tenant; is_due looks at its first row alone. Behind the last tenant comes the first.
        select after_org as org_id, false as is_due, 0 as nth, false as is_second_round
        union all
        select next.org_id, next.is_due, waiting.nth + next.is_due::int, next.is_second_round
        from waiting cross join lateral (
            (select o.org_id, o.lease_until < now() as is_due, waiting.is_second_round from outbox o
            where o.destination = to_whom and o.org_id > waiting.org_id and (not waiting.is_second_round or o.org_id <= after_org)
            order by o.org_id, o.lease_until limit 1)
            union all
            (select o.org_id, o.lease_until < now(), true from outbox o
            where not waiting.is_second_round and o.destination = to_whom and o.org_id <= after_org
            order by o.org_id, o.lease_until limit 1)
            limit 1) next
        where waiting.nth < least(100, at_most)
    ), due as materialized (
        select d.* from (select w.org_id from waiting w where w.is_due) w cross join lateral (
            select o.org_id, o.id, o.event::text as event, o.lease_until from outbox o
            where o.destination = to_whom and o.org_id = w.org_id and o.lease_until < now()
            order by o.lease_until, o.id
            limit greatest(least(at_most, 1000) / greatest((select count(*) from waiting where is_due), 1), 1)
            for update skip locked) d
    ), sized as (
        select d.*, sum(octet_length(d.event)) over in_turn as bytes, row_number() over in_turn as nth
        from due d window in_turn as (order by d.org_id <= after_org, d.org_id, d.lease_until, d.id)
    )
    update outbox o
    set lease_until = now() + make_interval(secs => least(greatest(lease_seconds, 1), 3600)), lease = token, attempts = o.attempts + 1
    from sized s
    where o.org_id = s.org_id and o.id = s.id and (s.nth = 1 or s.bytes <= 8388608)
    returning o.org_id, o.id, s.event, o.attempts;
end
$$;
revoke all on function claim_outbox(text, uuid, int, int, uuid) from public;
grant execute on function claim_outbox(text, uuid, int, int, uuid) to ${schema}_app;
--rollback drop function claim_outbox(text, uuid, int, int, uuid);

--changeset kit:notify-commit splitStatements:false runOnChange:true
-- Wakes who waits for rows of any kind (the queue), and the senders of each receiver for which rows wait (the queue, a blank and the
-- receiver). A notification that is lost costs a poll.
create or replace function notify_commit(channel text, queue text) returns void
    language plpgsql security definer set search_path = ${schema}, pg_temp set plan_cache_mode = force_generic_plan
    set enable_seqscan = off as $$
declare
    receiver text := '';
begin
    perform set_config('synchronous_commit', 'off', true);
    perform pg_notify(channel, queue);
    loop
        select o.destination into receiver from outbox o where o.destination > receiver order by o.destination limit 1;
        exit when not found;
        perform pg_notify(channel, queue || ' ' || receiver);
    end loop;
end
$$;
revoke all on function notify_commit(text, text) from public;
grant execute on function notify_commit(text, text) to ${schema}_app;
--rollback drop function notify_commit(text, text);

--changeset kit:finish-outbox splitStatements:false runOnChange:true
-- Deletes delivered rows and sets refused ones aside. Only the holder of the lease may.
create or replace function finish_outbox(token uuid, delivered uuid[], refused uuid[], reasons text[])
    returns int language plpgsql security definer set search_path = ${schema}, pg_temp
    set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
    gone_rows int;
begin
    with gone as (
        delete from outbox o where o.lease = token and o.id = any (delivered || refused)
        returning o.org_id, o.id, o.destination, o.event
    ), aside as (
        insert into outbox_rejected (org_id, id, destination, event, reason)
        select g.org_id, g.id, g.destination, g.event, r.reason
        from gone g join unnest(refused, reasons) as r (id, reason) on r.id = g.id
        on conflict do nothing
    )
    select count(*) into gone_rows from gone;
    return gone_rows;
end
$$;
revoke all on function finish_outbox(uuid, uuid[], uuid[], text[]) from public;
grant execute on function finish_outbox(uuid, uuid[], uuid[], text[]) to ${schema}_app;
--rollback drop function finish_outbox(uuid, uuid[], uuid[], text[]);

--changeset kit:release-outbox splitStatements:false runOnChange:true
-- Gives a lease back, to be tried again after a wait; a receiver that was merely away costs no attempt.
create or replace function release_outbox(token uuid, wait_seconds int, away boolean)
    returns int language sql security definer set search_path = ${schema}, pg_temp as $$
    with released as (
        update outbox o
        set lease_until = now() + make_interval(secs => least(greatest(wait_seconds, 0), 3600)), lease = null,
            attempts = o.attempts - case when away then 1 else 0 end
        where o.lease = token
        returning 1
    )
    select count(*)::int from released
$$;
revoke all on function release_outbox(uuid, int, boolean) from public;
grant execute on function release_outbox(uuid, int, boolean) to ${schema}_app;
--rollback drop function release_outbox(uuid, int, boolean);

--changeset kit:release-outbox-rows splitStatements:false runOnChange:true
-- Gives single rows of a lease back, to be tried again after 30 seconds, twice as long each time, 15 minutes at most. The
-- attempt, which claiming has counted, stays.
create or replace function release_outbox_rows(token uuid, rows uuid[])
    returns int language sql security definer set search_path = ${schema}, pg_temp as $$
    with released as (
        update outbox o
        set lease_until = now() + make_interval(secs => least(30 * 2 ^ least(greatest(o.attempts - 1, 0), 20), 900)), lease = null
        where o.lease = token and o.id = any (rows)
        returning 1
    )
    select count(*)::int from released
$$;
revoke all on function release_outbox_rows(uuid, uuid[]) from public;
grant execute on function release_outbox_rows(uuid, uuid[]) to ${schema}_app;
--rollback drop function release_outbox_rows(uuid, uuid[]);

--changeset kit:owed-call-state splitStatements:false runOnChange:true
-- What became of an outbox row of the caller's organization: waiting, refused, or null when it is delivered.
create or replace function owed_call_state(call_id uuid)
    returns text language sql stable security definer set search_path = ${schema}, pg_temp as $$
    select case
        when exists (select from outbox o where o.org_id = current_org_id() and o.id = call_id) then 'waiting'
        when exists (select from outbox_rejected r where r.org_id = current_org_id() and r.id = call_id) then 'refused' end
$$;
revoke all on function owed_call_state(uuid) from public;
grant execute on function owed_call_state(uuid) to ${schema}_app;
--rollback drop function owed_call_state(uuid);

--changeset kit:audit-value splitStatements:false runOnChange:true
-- A value over 8 KiB is recorded as its SHA-256 and size.
create or replace function audit_value(value jsonb) returns jsonb language sql immutable parallel safe as $$
    select case when octet_length(value::text) > 8192
        then jsonb_build_object('sha256', encode(sha256(convert_to(value::text, 'UTF8')), 'hex'), 'size', octet_length(value::text))
        else value end
$$;
--rollback drop function audit_value(jsonb);

--changeset kit:audit-ids splitStatements:false runOnChange:true
-- What is left of a row's values where a person is erased: the ids of rows. An id that a provider gave is not a UUID.
create or replace function audit_ids(data jsonb) returns jsonb language sql immutable parallel safe as $$
    select jsonb_object_agg(e.key, e.value) from jsonb_each(case when jsonb_typeof(data) = 'object' then data end) e
    where (e.key = 'id' or e.key like '%\_id') and e.value #>> '{}' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
$$;
--rollback drop function audit_ids(jsonb);

--changeset kit:audit-change splitStatements:false runOnChange:true
-- Writes a row change into the outbox, in its own transaction. Arguments: the columns whose values are secret. Where a key was
-- last used from is recorded by the sign-in. In a transaction with app.erasing = 'on' only ids are recorded, so that erasing a person
-- does not copy the person into the audit log.
create or replace function audit_change() returns trigger language plpgsql as $$
declare
    before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
    after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
    quiet constant text[] := array['updated_at', 'version', 'last_seen_at', 'last_used_at', 'last_used_ip', 'last_used_agent',
        'lease', 'lease_until', 'several_phones', 'failing_since', 'paused_until', 'previous_last_used_at'];
    event_id constant uuid := uuid_v7();
    org constant uuid := coalesce(after, before) ->> 'org_id';
    old_data jsonb;
    new_data jsonb;
begin
    if tg_op = 'UPDATE' then
        select jsonb_object_agg(b.key, b.value), jsonb_object_agg(b.key, after -> b.key) into old_data, new_data
        from jsonb_each(before) b where b.value is distinct from after -> b.key;
        if old_data is null or not exists (select from jsonb_object_keys(old_data) k where k <> all (quiet)) then
            return null;
        end if;
    else
        old_data := before;
        new_data := after;
    end if;
    if current_setting('app.erasing', true) = 'on' then
        old_data := audit_ids(before);
        new_data := audit_ids(after);
    elsif tg_nargs > 0 then
        select jsonb_object_agg(e.key, case when e.key = any (tg_argv) and e.value <> 'null' then '"[redacted]"' else e.value end)
            into old_data from jsonb_each(old_data) e;
        select jsonb_object_agg(e.key, case when e.key = any (tg_argv) and e.value <> 'null' then '"[redacted]"' else e.value end)
            into new_data from jsonb_each(new_data) e;
    end if;
    if octet_length(old_data::text) > 8192 or octet_length(new_data::text) > 8192 then
        select jsonb_object_agg(e.key, audit_value(e.value)) into old_data from jsonb_each(old_data) e;
        select jsonb_object_agg(e.key, audit_value(e.value)) into new_data from jsonb_each(new_data) e;
    end if;
    insert into outbox (org_id, id, event) values (org, event_id, audit_event(event_id, org, jsonb_build_object(
        'action', case tg_op when 'INSERT' then 'create' when 'UPDATE' then 'update' else 'delete' end,
        'resourceType', tg_table_name,
        'resourceId', coalesce(after, before) ->> 'id',
        'oldData', old_data,
        'newData', new_data)));
    return null;
end
$$;
--rollback drop function audit_change();

--changeset kit:complete-audit-event splitStatements:false runOnChange:true
-- Completes an event that a service records by hand. audit_change writes complete ones.
create or replace function complete_audit_event() returns trigger language plpgsql as $$
begin
    new.event := audit_event(new.id, new.org_id, new.event);
    return new;
end
$$;
create or replace trigger complete_audit_event before insert on outbox for each row
    when (new.destination = 'audit-service' and new.event ->> 'occurredAt' is null) execute function complete_audit_event();
--rollback drop trigger complete_audit_event on outbox;
--rollback drop function complete_audit_event();
