--liquibase formatted sql

--changeset voice:tool-begin runOnChange:true splitStatements:false
-- Begins a tool call, or finds what it was answered before. By its id, whatever its arguments are now; else by its meaning, so that a use that the
-- model repeats under another id has the first one's answer. state: begun, the caller holds the lease and does the work, with the key,
-- name and arguments told here; answered; or running, another one is at work, ask again. A lease lasts longer than any try.
create or replace function begin_tool_call(told_provider text, told_call text, told_id text, told_name text, told_arguments jsonb,
        told_phone text, told_meaning text, told_time text, out state text, out run_id uuid, out run_key text, out run_name text, out run_body text,
        out run_lease uuid, out told_result text, out told_error text)
    language plpgsql as $$
declare
    org constant uuid := current_org_id();
    digest constant text := tool_call_meaning(told_meaning, told_time);
    known tool_calls;
begin
    state := 'running';
    for attempt in 1..3 loop
        insert into tool_calls as t
            (org_id, provider, call_key, call_id, tool_call_id, name, arguments, phone, meaning, lease, lease_until)
        values (org, told_provider, told_call, call_of_key(told_provider, told_call), told_id, told_name, told_arguments, told_phone,
            digest, gen_random_uuid(), clock_timestamp() + interval '4 seconds')
        on conflict do nothing
        returning t.* into known;
        if found then
            state := 'begun';
            exit;
        end if;

        select t.* into known from tool_calls t
        where t.org_id = org and t.provider = told_provider and t.call_key = told_call and t.tool_call_id = told_id
        for update;
        if not found then
            select t.* into known from tool_calls t
            where t.org_id = org and t.provider = told_provider and t.call_key = told_call and t.meaning = digest
            for update;
            continue when not found; -- it lost its meaning meanwhile
            if known.result is not null then
                insert into tool_calls
                    (org_id, provider, call_key, call_id, tool_call_id, name, arguments, phone, first_id, result, milliseconds)
                values (org, told_provider, told_call, known.call_id, told_id, told_name, told_arguments, told_phone, known.id,
                    known.result, 0)
                on conflict do nothing;
            end if;
        end if;
        if num_nonnulls(known.result, known.error) > 0 then
            state := 'answered';
        elsif known.lease_until is null or known.lease_until <= clock_timestamp() then
            update tool_calls t
            set lease = gen_random_uuid(), lease_until = clock_timestamp() + interval '4 seconds'
            where t.org_id = org and t.id = known.id
            returning t.* into known;
            state := 'begun';
        end if;
        exit;
    end loop;
    run_id := known.id;
    run_key := known.tool_call_id;
    run_name := known.name;
    run_body := known.arguments || case when known.call_id is null then '{}' else jsonb_build_object('callId', known.call_id) end;
    run_lease := known.lease;
    told_result := known.result;
    told_error := known.error;
end
$$;
--rollback drop function begin_tool_call(text, text, text, text, jsonb, text, text, text);

--changeset voice:tool-meaning runOnChange:true splitStatements:false
-- A time counts as the instant that it is, with or without an offset.
create or replace function tool_call_meaning(told text, moment text) returns text language sql stable as $$
    select encode(sha256(convert_to(told || ' ' || coalesce(extract(epoch from local_time(moment))::text, lower(moment), ''), 'UTF8')), 'hex')
$$;
--rollback drop function tool_call_meaning(text, text);

--changeset voice:tool-call-of-key runOnChange:true splitStatements:false
-- The row of the call that a provider knows by the id; null until one of its events has been applied.
create or replace function call_of_key(call_provider text, call_key text) returns uuid
    language plpgsql stable set enable_seqscan = off as $$
begin
    return coalesce(
        (select c.id from call_logs c
            where c.org_id = (select current_org_id()) and c.provider = call_provider and c.provider_call_id = call_of_key.call_key),
        (select k.call_id from call_keys k
            where k.org_id = (select current_org_id()) and k.provider = call_provider and k.key = call_of_key.call_key
            order by k.call_id limit 1));
end
$$;
--rollback drop function call_of_key(text, text);

--changeset voice:tool-finish runOnChange:true splitStatements:false
-- Keeps the answer of a tool call, unless the lease was lost. An error has no meaning: the same may be tried again. Nor has what was
-- done before by the outdated tools: an appointment that was booked, then cancelled, may be booked again.
create or replace function finish_tool_call(run uuid, held uuid, new_result text, new_error text, took int, outdated text[])
    returns boolean language plpgsql as $$
declare
    org constant uuid := current_org_id();
    done tool_calls;
begin
    update tool_calls t
    set result = new_result, error = new_error, milliseconds = took, lease = null, lease_until = null,
        meaning = case when new_error is null then t.meaning end
    where t.org_id = org and t.id = run and t.lease = held
    returning t.* into done;
    if not found then
        return false;
    end if;
    if new_result is not null and cardinality(outdated) > 0 then
        update tool_calls t set meaning = null
        where t.org_id = org and t.provider = done.provider and t.call_key = done.call_key and t.meaning is not null
            and t.id <> done.id and t.result is not null and t.name = any (outdated);
    end if;
    return true;
end
$$;
--rollback drop function finish_tool_call(uuid, uuid, text, text, int, text[]);

--changeset voice:tool-calls-of runOnChange:true splitStatements:false
-- The tool calls of a call and its legs, the first 500, as far as the caller sees them.
create or replace function tool_calls_of(call uuid) returns setof tool_calls language sql stable rows 20 as $$
    select t.* from (
        select c.id, c.provider, c.provider_call_id from call_logs c where c.org_id = (select current_org_id()) and c.id = call
        union all
        select l.id, l.provider, l.provider_call_id from call_logs l where l.org_id = (select current_org_id()) and l.head_id = call) c
    cross join lateral (
        select k.* from tool_calls k
        where k.org_id = (select current_org_id()) and k.provider = c.provider and k.call_key = c.provider_call_id
        union
        select i.* from tool_calls i where i.org_id = (select current_org_id()) and i.call_id = c.id) t
    order by t.created_at, t.id limit 500
$$;
--rollback drop function tool_calls_of(uuid);

--changeset voice:tool-may-use runOnChange:true splitStatements:false
-- Whether the voice agent of a live call may use a tool: the agent that the call is known to have, else the one that was told to answer it,
-- else that of the assistant at the provider, else that of one of the call's numbers. Where none of them tells, all tools are allowed.
create or replace function may_use_tool(call_provider text, told_call text, assistant text, numbers text[], tool text)
    returns boolean language plpgsql stable as $$
declare
    org constant uuid := current_org_id();
    agent uuid;
begin
    select c.agent_id into agent from call_logs c
    where c.org_id = org and c.provider = call_provider and c.provider_call_id = told_call;
    if agent is null then
        select a.agent_id into agent from call_answers a
        where a.org_id = org and a.provider = call_provider and a.call_key = told_call;
    end if;
    if agent is null and assistant is not null then
        select a.agent_id into agent from attribution_of_assistant(org, call_provider, assistant, numbers[1]) a;
    end if;
    if agent is null then
        select a.agent_id into agent
        from unnest(numbers) with ordinality as n (number, place) cross join lateral attribution_of_number(org, n.number) a
        where a.agent_id is not null order by n.place limit 1;
    end if;
    return coalesce((select tool = any (a.allowed_tools) from agents a where a.org_id = org and a.id = agent), true);
end
$$;
--rollback drop function may_use_tool(text, text, text, text[], text);
