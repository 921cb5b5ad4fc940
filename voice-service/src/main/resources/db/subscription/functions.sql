--liquibase formatted sql

--changeset voice:subscription-push-wanted-events runOnChange:true splitStatements:false
-- Owes crm-service the events of its own that the organization wants, where they have changed. One change of an organization's
-- subscriptions at a time: a later one sees what the earlier made. Fails with webhook_subscription_limit beyond 20 subscriptions.
create or replace function push_wanted_events() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    org constant uuid := case when tg_op = 'DELETE' then old.org_id else new.org_id end;
    wanted text[];
    told bigint;
begin
    insert into wanted_events (org_id) values (org) on conflict do nothing;
    perform from wanted_events w where w.org_id = org for update;
    if tg_op = 'INSERT' and (select count(*) from webhook_subscriptions s where s.org_id = org) > 20 then
        raise exception using errcode = 'SB409', constraint = 'webhook_subscription_limit',
            message = 'webhook_subscription_limit: an organization has at most 20 webhook subscriptions';
    end if;
    select coalesce(array_agg(distinct e.type order by e.type), '{}') into wanted
    from webhook_subscriptions s cross join unnest(s.events) as e (type)
    where s.org_id = org and s.status = 'active' and e.type not like 'call.%';
    update wanted_events w set types = wanted, version = w.version + 1
    where w.org_id = org and w.types is distinct from wanted
    returning w.version into told;
    if told is not null then
        insert into outbox (org_id, destination, event) values (org, 'crm-service', jsonb_build_object(
            'method', 'PUT', 'path', '/internal/wanted-events',
            'body', jsonb_build_object('types', wanted, 'version', told)));
    end if;
    return null;
end
$$;
revoke all on function push_wanted_events() from public;
create or replace trigger push_wanted after insert or delete or update of events, status on webhook_subscriptions
    for each row execute function push_wanted_events();
--rollback drop trigger push_wanted on webhook_subscriptions;
--rollback drop function push_wanted_events();

--changeset voice:subscription-end-deliveries runOnChange:true splitStatements:false
-- What a disabled subscription was still to be sent is given up, so that it does not all arrive when it is enabled again. A single
-- delivery can be resent.
create or replace function end_deliveries_of_disabled() returns trigger language plpgsql as $$
begin
    update subscription_deliveries d
    set status = 'failed', ended_at = now(), lease = null, error = 'the subscription was disabled'
    where d.org_id = new.org_id and d.subscription_id = new.id and d.status = 'pending';
    return null;
end
$$;
create or replace trigger end_deliveries after update on webhook_subscriptions for each row
    when (new.status = 'disabled' and old.status <> 'disabled') execute function end_deliveries_of_disabled();
--rollback drop trigger end_deliveries on webhook_subscriptions;
--rollback drop function end_deliveries_of_disabled();

--changeset voice:function-claim-outdated-webhook-subscriptions splitStatements:false runOnChange:true
-- The subscriptions with a secret that another master key than the current one protects, of every tenant; leased, so that replicas
-- share the work and a row that does not open holds up no other. Each is then rewritten within its tenant.
create or replace function claim_outdated_webhook_subscriptions(current_version bigint, at_most int)
    returns table (org_id uuid, id uuid)
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with outdated as (
        select s.org_id, s.id from webhook_subscriptions s
        where (s.key_version < current_version or s.key_version > current_version) and s.lease_until < now()
        order by s.lease_until, s.id limit least(at_most, 1000)
        for update skip locked
    )
    update webhook_subscriptions t set lease_until = now() + interval '10 minutes'
    from outdated o where t.org_id = o.org_id and t.id = o.id
    returning t.org_id, t.id
$$;
revoke all on function claim_outdated_webhook_subscriptions(bigint, int) from public;
grant execute on function claim_outdated_webhook_subscriptions(bigint, int) to ${schema}_app;
--rollback drop function claim_outdated_webhook_subscriptions(bigint, int);

--changeset voice:subscription-id-in runOnChange:true splitStatements:false
-- An id of an event's data; null where it is none.
create or replace function id_in(data jsonb, field text) returns uuid language sql immutable parallel safe as $$
    select case when data ->> field ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then (data ->> field)::uuid end
$$;
--rollback drop function id_in(jsonb, text);

--changeset voice:subscription-subject-of-event runOnChange:true splitStatements:false
-- What an event of crm-service is about: a contact, or what a notification is about.
create or replace function subject_of_event(event_type text, data jsonb) returns uuid language sql immutable parallel safe as $$
    select id_in(data, case when event_type like 'contact.%' then 'id' when event_type like 'notification.%' then 'relatedId'
        else 'contactId' end)
$$;
--rollback drop function subject_of_event(text, jsonb);

--changeset voice:subscription-record-event runOnChange:true splitStatements:false
-- Puts an event on its way to every active subscription of the caller's organization that wants it, and says to how many. A known event
-- is left alone.
create or replace function record_event(event uuid, event_type text, occurred_at timestamptz, data jsonb) returns int
    language sql as $$
    with recorded as (
        insert into subscription_deliveries (org_id, subscription_id, event_id, type, body, subject_id)
        select s.org_id, s.id, event, event_type,
            jsonb_build_object('type', event_type, 'timestamp', wire_time(occurred_at), 'data', data)::text,
            subject_of_event(event_type, data)
        from webhook_subscriptions s
        where s.org_id = (select current_org_id()) and s.status = 'active' and event_type = any (s.events)
            and not exists (
                select from subscription_deliveries d where d.org_id = (select current_org_id()) and d.event_id = event)
        order by s.id
        on conflict on constraint subscription_delivery_known do nothing
        returning 1
    )
    select count(*)::int from recorded
$$;
--rollback drop function record_event(uuid, text, timestamptz, jsonb);

--changeset voice:subscription-call-event-id runOnChange:true splitStatements:false
-- The id of a call's event of one type, which it has once (RFC 9562, version 8: a name's SHA-256).
create or replace function call_event_id(call uuid, event_type text) returns uuid language sql immutable parallel safe as $$
    select encode(set_byte(set_byte(h, 6, get_byte(h, 6) & 15 | 128), 8, get_byte(h, 8) & 63 | 128), 'hex')::uuid
    from (select substring(sha256(convert_to(call::text || ':' || event_type, 'UTF8')) for 16)) as n (h)
$$;
--rollback drop function call_event_id(uuid, text);

--changeset voice:subscription-call-item runOnChange:true splitStatements:false
-- A call as the API lists it: CallView without the transcript.
create or replace function call_item(c call_logs) returns jsonb language sql stable as $$
    select jsonb_build_object(
        'id', c.id, 'provider', c.provider, 'providerCallId', c.provider_call_id, 'carrierCallId', c.carrier_call_id,
        'parentCallId', c.parent_call_id, 'direction', c.direction, 'fromNumber', c.from_number, 'toNumber', c.to_number,
        'customerName', c.customer_name, 'status', c.status, 'answered', c.answered,
        'answeredBy', c.answered_by, 'startedAt', wire_time(c.started_at),
        'answeredAt', wire_time(c.answered_at), 'endedAt', wire_time(c.ended_at), 'durationSeconds', c.duration_seconds,
        'endedReason', c.ended_reason, 'cost', trim_scale(c.cost), 'currency', c.currency, 'tokens', c.tokens,
        'contactId', c.contact_id, 'clientId', c.client_id,
        'assistantId', c.assistant_id, 'agentId', c.agent_id, 'summary', left(c.summary, 500), 'successEvaluation', left(c.success_evaluation, 500),
        'success', c.success,         'leadScore', c.lead_score, 'recordingUrl', c.recording_url, 'metadata', c.metadata, 'erasedAt', wire_time(c.erased_at),
        'createdAt', wire_time(c.created_at), 'updatedAt', wire_time(c.updated_at))
$$;
--rollback drop function call_item(call_logs);

--changeset voice:subscription-record-call-events runOnChange:true splitStatements:false
-- Puts what happened to a call on its way to the subscriptions that want it, in the transaction that changes the call. Without an active
-- subscription it costs one look at an index. What was on its way before is not sent again. A leg has no events: its head has them.
create or replace function record_call_events() returns trigger language plpgsql as $$
declare
    is_new constant boolean := tg_op = 'INSERT' or old.head_id is not null;
begin
    if not exists (select from webhook_subscriptions s where s.org_id = new.org_id and s.status = 'active') then
        return null;
    end if;
    insert into subscription_deliveries (org_id, subscription_id, event_id, type, body, subject_id)
    select new.org_id, s.id, call_event_id(new.id, e.type), e.type,
        jsonb_build_object('type', e.type, 'timestamp', wire_time(e.at), 'data', call_item(new))::text, new.id
    from (values
        (1, 'call.started', new.started_at, new.status >= 'ringing' and (is_new or old.status < 'ringing')),
        (2, 'call.ended', coalesce(new.ended_at, now()), new.status = 'ended' and (is_new or old.status <> 'ended')),
        (3, 'call.analyzed', now(), coalesce(new.summary, new.success_evaluation) is not null
            and (is_new or coalesce(old.summary, old.success_evaluation) is null)),
        (4, 'call.recording_ready', now(), new.recording_url is not null and (is_new or old.recording_url is null))
    ) as e (nth, type, at, happened)
    join webhook_subscriptions s on e.type = any (s.events)
    where e.happened and s.org_id = new.org_id and s.status = 'active'
    order by e.nth, s.id
    on conflict on constraint subscription_delivery_known do nothing;
    return null;
end
$$;
create or replace trigger record_events_of_new after insert on call_logs for each row
    when (new.head_id is null
        and (new.status >= 'ringing' or coalesce(new.summary, new.success_evaluation, new.recording_url) is not null))
    execute function record_call_events();
create or replace trigger record_events after update on call_logs for each row
    when (new.head_id is null and (old.head_id is not null
        or new.status >= 'ringing' and old.status < 'ringing' or new.status = 'ended' and old.status <> 'ended'
        or coalesce(new.summary, new.success_evaluation) is not null and coalesce(old.summary, old.success_evaluation) is null
        or new.recording_url is not null and old.recording_url is null))
    execute function record_call_events();
--rollback drop trigger record_events on call_logs;
--rollback drop trigger record_events_of_new on call_logs;
--rollback drop function record_call_events();

--changeset voice:subscription-erase-contact runOnChange:true splitStatements:false
-- Removes what is sent and was sent of a contact, of what was merged into it and of its appointments and tickets, but not that it
-- is erased; also notifications that name one of the numbers. For erase_calls, which runs as the owner.
create or replace function erase_deliveries_of_contact(contact uuid, numbers text[]) returns void language plpgsql as $$
declare
    org constant uuid := current_org_id();
    subjects uuid[] := contact || array(select m.duplicate_id from merged_contacts m where m.org_id = org and m.contact_id = contact);
begin
    subjects := subjects || array(
        select id_in(d.body::jsonb -> 'data', 'id') from subscription_deliveries d
        where d.org_id = org and d.subject_id = any (subjects) and (d.type like 'appointment.%' or d.type like 'ticket.%'));
    delete from subscription_deliveries d
    where d.org_id = org and d.subject_id = any (subjects) and d.type <> 'contact.erased';
    delete from subscription_deliveries d
    where d.org_id = org and d.type = 'notification.created'
        and d.subscription_id in (select s.id from webhook_subscriptions s where s.org_id = org)
        and exists (select from unnest(numbers) n where strpos(d.body, n) > 0);
end
$$;
--rollback drop function erase_deliveries_of_contact(uuid, text[]);

--changeset voice:subscription-forget-deliveries runOnChange:true splitStatements:false
-- Removes at most 1,000 deliveries that ended 30 days ago, of all tenants, and says how many.
create or replace function forget_subscription_deliveries() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with gone as (
        delete from subscription_deliveries where ctid = any (array(
            select ctid from subscription_deliveries where ended_at < now() - interval '30 days'
            order by ended_at limit 1000 for update skip locked))
        returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function forget_subscription_deliveries() from public;
grant execute on function forget_subscription_deliveries() to ${schema}_app;
--rollback drop function forget_subscription_deliveries();
