--liquibase formatted sql

--changeset voice:attribution-of-number runOnChange:true splitStatements:false
-- Whose calls to or from an own number are: no row for a number that is not the organization's. The assistant is the client's
-- oldest active one of the number's agent; without an agent, the client's oldest active one, which then names the agent.
create or replace function attribution_of_number(org uuid, own_number text) returns setof call_attribution
    language sql stable rows 1 as $$
    select n.client_id, a.id, g.id, g.owner_id
    from phone_numbers n
    left join lateral (
        select c.id, c.agent_id from client_assistants c
        where c.org_id = org and c.client_id = n.client_id and c.is_active and (n.agent_id is null or c.agent_id = n.agent_id)
        order by c.id limit 1) a on true
    left join agents g on g.org_id = org and g.id = coalesce(n.agent_id, a.agent_id)
    where n.org_id = org and n.number = own_number
$$;
--rollback drop function attribution_of_number(uuid, text);

--changeset voice:attribution-of-assistant runOnChange:true splitStatements:false
-- Whose calls an assistant at a provider has: a client's assistant of that id, else the agent of that id, with the number's client if
-- the number is the agent's, too. Where several have the id, the number's client goes first, then what is active and oldest.
create or replace function attribution_of_assistant(org uuid, call_provider text, assistant text, own_number text)
    returns setof call_attribution language sql stable rows 1 as $$
    select w.client_id, w.assistant_id, w.agent_id, w.owner_id
    from (
        (select 1 as place, c.client_id, c.id as assistant_id, g.id as agent_id, g.owner_id
        from client_assistants c
        left join lateral (
            select a.id, a.owner_id from agents a
            where a.org_id = org and (a.id = c.agent_id
                or c.agent_id is null and a.provider_assistant_id = assistant and a.provider = call_provider)
            order by a.id limit 1) g on true
        where c.org_id = org and c.provider_assistant_id = assistant and c.provider = call_provider
        order by (select n.client_id from phone_numbers n where n.org_id = org and n.number = own_number)
            is distinct from c.client_id, not c.is_active, c.id
        limit 1)
        union all
        (select 2, n.client_id, n.assistant_id, a.id, a.owner_id
        from agents a
        left join attribution_of_number(org, own_number) n on n.agent_id = a.id
        where a.org_id = org and a.provider_assistant_id = assistant and coalesce(a.provider, call_provider) = call_provider
        order by a.status <> 'active', a.id
        limit 1)) w
    order by w.place limit 1
$$;
--rollback drop function attribution_of_assistant(uuid, text, text, text);

--changeset voice:attribution-attribute-call runOnChange:true splitStatements:false
-- Says whose a call is, from the first event on that tells enough: whom we let answer it, else its assistant at the provider, else the own
-- number. Then it stays, whoever gets the number or the assistant later. A call over several ids is its head's owner's.
create or replace function attribute_call() returns trigger language plpgsql as $$
declare
    own_number constant text := case new.direction when 'inbound' then new.to_e164 when 'outbound' then new.from_e164 end;
    found_out call_attribution;
begin
    select a.client_id, a.assistant_id, a.agent_id, a.owner_id into found_out from call_answers a
    where a.org_id = new.org_id and a.provider = new.provider and a.call_key = new.provider_call_id;
    if found_out is null and new.metadata ? 'assistantId' then
        select a.* into found_out
        from attribution_of_assistant(new.org_id, new.provider, new.metadata ->> 'assistantId', own_number) a;
    end if;
    if found_out is null and own_number is not null then
        select a.* into found_out from attribution_of_number(new.org_id, own_number) a;
    end if;
    new.client_id := found_out.client_id;
    new.assistant_id := found_out.assistant_id;
    new.agent_id := found_out.agent_id;
    new.owner_id := found_out.owner_id;
    return new;
end
$$;
-- Of what events tell, all is written in one statement that names metadata.
create or replace trigger attribute_new before insert on call_logs for each row
    when (new.head_id is null and num_nonnulls(new.client_id, new.assistant_id, new.agent_id, new.owner_id) = 0)
    execute function attribute_call();
create or replace trigger attribute before update of metadata on call_logs for each row
    when (new.head_id is null and new.erased_at is null
        and num_nonnulls(new.client_id, new.assistant_id, new.agent_id, new.owner_id) = 0)
    execute function attribute_call();
--rollback drop trigger attribute on call_logs;
--rollback drop trigger attribute_new on call_logs;
--rollback drop function attribute_call();

--changeset voice:attribution-attribute-leg runOnChange:true splitStatements:false
-- A leg is whose its head is. Where that is not known yet, but was of the row that is becoming a leg, the head takes it.
create or replace function attribute_leg() returns trigger language plpgsql as $$
declare
    head call_attribution;
begin
    select h.client_id, h.assistant_id, h.agent_id, h.owner_id into head from call_logs h
    where h.org_id = new.org_id and h.id = new.head_id;
    if num_nonnulls(head.client_id, head.assistant_id, head.agent_id, head.owner_id) > 0 then
        new.client_id := head.client_id;
        new.assistant_id := head.assistant_id;
        new.agent_id := head.agent_id;
        new.owner_id := head.owner_id;
    elsif num_nonnulls(new.client_id, new.assistant_id, new.agent_id, new.owner_id) > 0 then
        update call_logs h
        set client_id = new.client_id, assistant_id = new.assistant_id, agent_id = new.agent_id, owner_id = new.owner_id,
            version = h.version + 1
        where h.org_id = new.org_id and h.id = new.head_id;
    end if;
    return new;
end
$$;
create or replace trigger attribute_new_leg before insert on call_logs for each row
    when (new.head_id is not null) execute function attribute_leg();
create or replace trigger attribute_leg before update of head_id on call_logs for each row
    when (new.head_id is not null and (old.head_id is distinct from new.head_id
        or num_nonnulls(new.client_id, new.assistant_id, new.agent_id, new.owner_id) = 0))
    execute function attribute_leg();
--rollback drop trigger attribute_leg on call_logs;
--rollback drop trigger attribute_new_leg on call_logs;
--rollback drop function attribute_leg();

--changeset voice:attribution-attribute-legs runOnChange:true splitStatements:false
-- Once it is known whose a call is, its legs are, too. Waits for none: who holds a leg may wait for the head; that leg takes it with its
-- next event.
create or replace function attribute_legs() returns trigger language plpgsql as $$
begin
    update call_logs l
    set client_id = new.client_id, assistant_id = new.assistant_id, agent_id = new.agent_id, owner_id = new.owner_id,
        version = l.version + 1
    from (
        select o.id from call_logs o where o.org_id = new.org_id and o.head_id = new.id order by o.id for update skip locked) o
    where l.org_id = new.org_id and l.id = o.id;
    return null;
end
$$;
create or replace trigger attribute_legs after update on call_logs for each row
    when (new.linked and new.head_id is null
        and num_nonnulls(old.client_id, old.assistant_id, old.agent_id, old.owner_id) = 0
        and num_nonnulls(new.client_id, new.assistant_id, new.agent_id, new.owner_id) > 0)
    execute function attribute_legs();
--rollback drop trigger attribute_legs on call_logs;
--rollback drop function attribute_legs();

--changeset voice:attribution-record-answer runOnChange:true splitStatements:false
-- Keeps whom a provider was told to let answer a call. The first word counts: a repeated request gets the same answer.
create or replace function record_call_answer(call_provider text, call_key text, client uuid, assistant uuid, agent uuid, owner uuid)
    returns void language plpgsql as $$
begin
    insert into call_answers (org_id, provider, call_key, client_id, assistant_id, agent_id, owner_id)
    values (current_org_id(), call_provider, record_call_answer.call_key, client, assistant, agent, owner)
    on conflict do nothing;
end
$$;
--rollback drop function record_call_answer(text, text, uuid, uuid, uuid, uuid);

--changeset voice:attribution-forget-answers runOnChange:true splitStatements:false
-- Removes at most 1,000 answers that are over a week old, of all tenants, and says how many: their calls have them long since.
create or replace function forget_call_answers() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with gone as (
        delete from call_answers where ctid = any (array(
            select ctid from call_answers where answered_at < now() - interval '7 days'
            order by answered_at limit 1000 for update skip locked))
        returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function forget_call_answers() from public;
grant execute on function forget_call_answers() to ${schema}_app;
--rollback drop function forget_call_answers();
