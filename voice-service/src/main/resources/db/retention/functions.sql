--liquibase formatted sql

--changeset voice:retention-settings-now runOnChange:true splitStatements:false
-- How long the caller's organization keeps what its calls leave behind.
create or replace function call_settings_now()
    returns table (recording_days int, transcript_days int, raw_body_days int, version int) language sql stable as $$
    select s.recording_days, s.transcript_days, s.raw_body_days, s.version
    from call_settings s where s.org_id = (select current_org_id())
    union all
    select null, null, 30, 0 where not exists (select from call_settings s where s.org_id = (select current_org_id()))
$$;
--rollback drop function call_settings_now();

--changeset voice:retention-schedule runOnChange:true splitStatements:false
-- An organization has runs from its first webhook endpoint on, a day apart; other settings hold at once.
create or replace function schedule_retention() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
begin
    insert into retention_runs as r (org_id, due_at)
    values (new.org_id, now() + case when tg_table_name = 'call_settings' then interval '0' else interval '1 day' end)
    on conflict (org_id) do update set due_at = excluded.due_at where r.due_at > excluded.due_at;
    return null;
end
$$;
revoke all on function schedule_retention() from public;
create or replace trigger schedule_retention after insert on webhook_endpoints for each row execute function schedule_retention();
create or replace trigger schedule_retention after insert or update on call_settings for each row execute function schedule_retention();
--rollback drop trigger schedule_retention on call_settings;
--rollback drop trigger schedule_retention on webhook_endpoints;
--rollback drop function schedule_retention();

--changeset voice:retention-remove-texts runOnChange:true splitStatements:false
-- Removes recording links and transcripts of at most 300 calls each, and some of the talks, fragments and tool calls that calls have
-- apart from these; fragments counts tool calls, too. Days count from the first event of a call, whose time is in the call's id: what providers say of times may be wrong. Calls
-- that a worker holds are left to the next run.
create or replace function remove_old_call_texts(org uuid, recordings_before uuid, transcripts_before uuid,
        out recordings int, out transcripts int, out fragments int)
    language plpgsql
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_sort = off as $$
declare
    chosen uuid[];
    tools int;
begin
    select array_agg(c.id) into chosen from (
        select c.id from call_logs c
        where c.org_id = org and c.recording_url is not null and c.id < recordings_before
        order by c.id limit 300 for update skip locked) c;
    update call_logs c set recording_url = null, version = c.version + 1 where c.org_id = org and c.id = any (chosen);
    get diagnostics recordings = row_count;

    select array_agg(c.id) into chosen from (
        select c.id from call_transcripts t cross join lateral (
            select c.id from call_logs c where c.org_id = t.org_id and c.id = t.call_id for update skip locked) c
        where t.org_id = org and t.call_id < transcripts_before
        order by t.call_id limit 300) c;
    delete from call_transcripts t where t.org_id = org and t.call_id = any (chosen);
    get diagnostics transcripts = row_count;
    update call_logs c set version = c.version + 1 where c.org_id = org and c.id = any (chosen);

    with gone as (
        delete from call_talks where ctid = any (array(
            select t.ctid from call_talks t where t.org_id = org and t.call_id < transcripts_before
            order by t.call_id limit 300 for update skip locked))
        returning 1
    )
    select transcripts + count(*) into transcripts from gone;
    delete from call_fragments where ctid = any (array(
        select f.ctid from call_fragments f where f.org_id = org and f.call_id < transcripts_before
        order by f.call_id, f.key limit 1000 for update skip locked));
    get diagnostics fragments = row_count;
    delete from tool_calls where ctid = any (array(
        select t.ctid from tool_calls t where t.org_id = org and t.id < transcripts_before
        order by t.id limit 1000 for update skip locked));
    get diagnostics tools = row_count;
    fragments := fragments + tools;
end
$$;
--rollback drop function remove_old_call_texts(uuid, uuid, uuid);

--changeset voice:retention-empty-bodies runOnChange:true splitStatements:false
-- Empties the bodies of the next events of the caller's organization, at most 300 and of about 32 MiB: names, fingerprints and times are
-- left, so that repeats are still recognised. Events that are not over need their bodies: waiting_after is before the first of them.
create or replace function empty_old_event_bodies(org uuid, after_id uuid, before_id uuid,
        out last_id uuid, out waiting_after uuid, out emptied int)
    language plpgsql
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_sort = off as $$
declare
    looked_at uuid[];
    over uuid[];
    waiting uuid;
begin
    select array_agg(s.id order by s.id) into looked_at from (
        select f.id, sum(coalesce(pg_column_size(f.body), (
            select pg_column_size(d.body) from webhook_deliveries d where d.org_id = org and d.id = f.delivery_id), 0)) over (order by f.id)
            as bytes, row_number() over (order by f.id) as nth
        from (
            select e.id, e.body, e.delivery_id from processed_webhook_events e
            where e.org_id = org and e.id > after_id and e.id < before_id order by e.id limit 300) f) s
    where s.nth = 1 or s.bytes <= 33554432;
    last_id := looked_at[cardinality(looked_at)];

    select array_agg(e.id) into over from (
        select e.id from unnest(looked_at) l (id) cross join lateral (
            select e.id from processed_webhook_events e
            where e.org_id = org and e.id = l.id and e.status::text in ('done', 'dead') for update skip locked) e) e;
    emptied := coalesce(erase_event_bodies(over), 0);

    select min(l.id::text)::uuid into waiting from unnest(looked_at) l (id) where l.id <> all (coalesce(over, '{}'));
    if waiting is not null then
        select coalesce(max(l.id::text)::uuid, after_id) into waiting_after from unnest(looked_at) l (id) where l.id < waiting;
    end if;
end
$$;
--rollback drop function empty_old_event_bodies(uuid, uuid, uuid);

--changeset voice:retention-expire runOnChange:true splitStatements:false
-- A step of the run of one organization that is due; it then waits until the others that are due have had theirs. Answers how many
-- rows the step handled, 0 where none is due. A run ends with one audit event, and its rows are not recorded one by one
-- (app.retention); the next begins a day later.
create or replace function expire_call_data() returns int
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    run retention_runs;
    kept record;
    texts record;
    bodies record;
begin
    select r.* into run from retention_runs r where r.due_at <= now() order by r.due_at limit 1 for update skip locked;
    if not found then
        return 0;
    end if;
    perform set_config('app.org_id', run.org_id::text, true), set_config('app.retention', 'on', true);
    select s.* into kept from call_settings_now() s;
    select t.* into texts from remove_old_call_texts(run.org_id,
        uuid_v7_floor(now() - make_interval(days => kept.recording_days)),
        uuid_v7_floor(now() - make_interval(days => kept.transcript_days))) t;
    select b.* into bodies from empty_old_event_bodies(run.org_id, run.bodies_after,
        uuid_v7_floor(now() - make_interval(days => kept.raw_body_days))) b;

    run.recordings := run.recordings + texts.recordings;
    run.transcripts := run.transcripts + texts.transcripts;
    run.fragments := run.fragments + texts.fragments;
    run.raw_bodies := run.raw_bodies + bodies.emptied;
    run.waiting_after := coalesce(run.waiting_after, bodies.waiting_after);
    if texts.recordings + texts.transcripts + texts.fragments > 0 or bodies.last_id is not null then
        update retention_runs r
        set due_at = now(), bodies_after = coalesce(bodies.last_id, r.bodies_after), waiting_after = run.waiting_after,
            recordings = run.recordings, transcripts = run.transcripts, fragments = run.fragments, raw_bodies = run.raw_bodies
        where r.org_id = run.org_id;
        return texts.recordings + texts.transcripts + texts.fragments + bodies.emptied + 1;
    end if;

    if run.recordings + run.transcripts + run.fragments + run.raw_bodies > 0 then
        insert into outbox (org_id, event) values (run.org_id, jsonb_build_object(
            'action', 'expire', 'resourceType', 'call_logs', 'newData', jsonb_build_object(
                'recordings', run.recordings, 'transcripts', run.transcripts, 'fragments', run.fragments,
                'rawBodies', run.raw_bodies)));
    end if;
    update retention_runs r
    set due_at = now() + interval '1 day', bodies_after = coalesce(r.waiting_after, r.bodies_after), waiting_after = null,
        recordings = 0, transcripts = 0, fragments = 0, raw_bodies = 0
    where r.org_id = run.org_id;
    return 1;
end
$$;
revoke all on function expire_call_data() from public;
grant execute on function expire_call_data() to ${schema}_app;
--rollback drop function expire_call_data();
