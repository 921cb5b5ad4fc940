--liquibase formatted sql

--changeset voice:call-lock-keys runOnChange:true splitStatements:false
-- Locks ids of a call, so that of two transactions that bring two rows of one call the second finds the first; then the rows that
-- share one of the ids, with all rows of their calls, whose ids it answers. Its order is the same for all: ids, the tenant's one lock
-- under which rows become one call, rows. So it is called before the transaction holds a row of call_logs. An id that more than 64
-- rows share tells nothing, and 64 rows are the most of a call: where there would be more, the call stays as it is.
-- The first id is the call's own. Runs as the owner, since only owners take advisory locks.
create or replace function lock_call_keys(providers text[], keys text[]) returns setof uuid
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    org constant uuid := current_org_id();
    most constant int := 64;
    named uuid[];
begin
    perform pg_advisory_xact_lock(l.number) from (
        select distinct hashtextextended(org || ' ' || k.provider || ' ' || k.key, 0) as number
        from unnest(providers, keys) as k (provider, key) order by 1) l;
    named := calls_of_keys(providers, keys, most);
    if named is null then
        return;
    end if;

    perform pg_advisory_xact_lock(hashtextextended(org || ' call_keys', 0));
    named := whole_calls(named);
    if cardinality(named) > most then
        named := whole_calls(array(
            select c.id from call_logs c
            where c.org_id = org and c.provider = providers[1] and c.provider_call_id = keys[1]));
    end if;
    perform from call_logs c where c.org_id = org and c.id = any (named) order by c.id for update;
    return query select unnest(named);
end
$$;
revoke all on function lock_call_keys(text[], text[]) from public;
grant execute on function lock_call_keys(text[], text[]) to ${schema}_app;
--rollback drop function lock_call_keys(text[], text[]);

--changeset voice:call-of-keys runOnChange:true splitStatements:false
-- The rows that go by one of the ids; null when there are none. In PL/pgSQL, as what follows, which keeps its plan.
create or replace function calls_of_keys(providers text[], keys text[], most int) returns uuid[]
    language plpgsql stable set enable_seqscan = off as $$
begin
    return array_agg(distinct s.call_id)
    from unnest(providers, keys) as k (provider, key) cross join lateral (
        select array_agg(n.call_id) as ids from (
            (select c.id as call_id from call_logs c
                where c.org_id = (select current_org_id()) and c.provider = k.provider and c.provider_call_id = k.key)
            union all
            (select x.call_id from call_keys x
                where x.org_id = (select current_org_id()) and x.provider = k.provider and x.key = k.key
                limit most + 1)) n) f
    cross join lateral unnest(f.ids) as s (call_id)
    where cardinality(f.ids) <= most;
end
$$;
--rollback drop function calls_of_keys(text[], text[], int);

--changeset voice:call-whole-calls runOnChange:true splitStatements:false
-- All rows of the calls that the rows belong to.
create or replace function whole_calls(calls uuid[]) returns uuid[] language plpgsql stable set enable_seqscan = off as $$
begin
    return (
        with heads as (
            select distinct coalesce(c.head_id, c.id) as id from call_logs c
            where c.org_id = (select current_org_id()) and c.id = any (calls)
        )
        select array_agg(w.id) from (
            select h.id from heads h
            union
            select l.id from heads h join call_logs l on l.org_id = (select current_org_id()) and l.head_id = h.id) w);
end
$$;
--rollback drop function whole_calls(uuid[]);

--changeset voice:call-take-back-effects runOnChange:true splitStatements:false
-- Takes back what was still to be sent of rows that become legs: of crm-service's effects and of the subscriptions' events.
-- Answers of which rows it took back effects, and whether a missed call is among them. What another transaction holds is being
-- sent, and is left. It waits for no row: those who hold one may wait for the caller. call: the caller's own event's.
create or replace function take_back_effects(call_provider text, call_key text, legs uuid[])
    returns table (call_id uuid, was_missed boolean)
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    org constant uuid := current_org_id();
    leg record;
    owed record;
begin
    delete from subscription_deliveries d
    where d.org_id = org and d.id in (
        select u.id from subscription_deliveries u
        where u.org_id = org and u.subject_id = any (legs) and u.status = 'pending' and u.attempts = 0 and u.lease is null
        for update skip locked);

    perform from call_queue q
    where q.org_id = org and q.provider = call_provider and q.call_key = take_back_effects.call_key for update skip locked;
    if not found then
        return;
    end if;
    for leg in
        select c.id, c.provider, c.provider_call_id from call_logs c where c.org_id = org and c.id = any (legs)
        order by c.provider, c.provider_call_id
    loop
        perform from call_queue q
        where q.org_id = org and q.provider = leg.provider and q.call_key = leg.provider_call_id for update skip locked;
        continue when not found;
        select array_agg(e.id) as ids, bool_or(e.effects @> '[{"effect": "call_missed"}]') as missed into owed from (
            select o.id, o.effects from processed_webhook_events o
            where o.org_id = org and o.call_key = leg.provider_call_id and o.provider = leg.provider
                and o.status = 'pending' and o.applied_at is not null
            for update skip locked) e;
        continue when owed.ids is null;
        update processed_webhook_events e set status = 'done', effects = null, processed_at = now()
        where e.org_id = org and e.id = any (owed.ids);
        call_id := leg.id;
        was_missed := coalesce(owed.missed, false);
        return next;
    end loop;
end
$$;
revoke all on function take_back_effects(text, text, uuid[]) from public;
grant execute on function take_back_effects(text, text, uuid[]) to ${schema}_app;
--rollback drop function take_back_effects(text, text, uuid[]);

--changeset voice:call-link-contact runOnChange:true splitStatements:false
-- Stores which contact the other party is, or the one that it was merged into since, with the head of the call. What a leg tells
-- counts only as long as the head knows none. It looks again if the row has become a leg meanwhile. An erased call belongs to no
-- contact. Merges of contacts wait for it, so that they find what it links to a duplicate; hence it runs as the owner. The call and its
-- head are found one after the other: joined, a plan made on a small table reads all calls of the organization for each.
create or replace function link_contact(call_provider text, call_key text, contact uuid) returns void
    language plpgsql security definer set search_path = ${schema}, pg_temp set enable_seqscan = off as $$
declare
    org constant uuid := current_org_id();
    survivor uuid;
    told record;
begin
    perform pg_advisory_xact_lock_shared(hashtextextended(org || ' merged_contacts', 0));
    survivor := surviving_contact(contact);
    for n in 1 .. 2 loop
        select o.id, o.head_id into told from call_logs o
        where o.org_id = org and o.provider = call_provider and o.provider_call_id = link_contact.call_key;
        exit when not found;
        update call_logs c set contact_id = survivor, version = c.version + 1
        where c.org_id = org and c.id = coalesce(told.head_id, told.id) and c.head_id is null
            and c.contact_id is distinct from survivor and (told.head_id is null or c.contact_id is null) and c.erased_at is null;
        exit when found;
    end loop;
end
$$;
revoke all on function link_contact(text, text, uuid) from public;
grant execute on function link_contact(text, text, uuid) to ${schema}_app;
--rollback drop function link_contact(text, text, uuid);
