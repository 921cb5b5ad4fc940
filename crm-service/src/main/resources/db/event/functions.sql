--liquibase formatted sql

--changeset crm:wants-event splitStatements:false runOnChange:true
-- Whether a webhook subscription of the organization asks for this type. The first look of every trigger below, so that a change
-- costs next to nothing where there are no subscriptions; in PL/pgSQL, which keeps the plan for the whole session.
create or replace function wants_event(org uuid, event_type text) returns boolean language plpgsql stable as $$
begin
    return exists (select from wanted_events w where w.org_id = org and event_type = any (w.types));
end
$$;
--rollback drop function wants_event(uuid, text);

--changeset crm:owe-event splitStatements:false runOnChange:true
-- Owes voice-service an event, if the transaction commits: see PeerCall. Ask wants_event first, before the data is put together. The
-- row's id is the event's, which voice-service takes once.
create or replace function owe_event(org uuid, event_type text, data jsonb) returns void language plpgsql as $$
declare
    event_id constant uuid := uuid_v7();
begin
    insert into outbox (org_id, id, destination, event) values (org, event_id, 'voice-service', jsonb_build_object(
        'method', 'POST', 'path', '/internal/events', 'body', jsonb_build_object(
            'id', event_id, 'type', event_type, 'occurredAt', wire_time(clock_timestamp()), 'data', data)));
end
$$;
--rollback drop function owe_event(uuid, text, jsonb);

--changeset crm:contact-event-data splitStatements:false runOnChange:true
-- A contact as the API shows it.
create or replace function contact_event_data(contact contacts) returns jsonb language sql stable as $$
    select jsonb_build_object(
        'id', contact.id,
        'name', contact.name,
        'phone', contact.phone,
        'phones', coalesce((
            select jsonb_agg(
                jsonb_build_object('phone', p.phone, 'label', p.label, 'main', coalesce(p.phone = contact.phone, false))
                order by p.created_at, p.phone)
            from contact_phones p where p.org_id = contact.org_id and p.contact_id = contact.id), '[]'),
        'email', contact.email,
        'serviceInterests', contact.service_interests,
        'leadScore', contact.lead_score,
        'leadStatus', contact.lead_status,
        'lastContactAt', wire_time(contact.last_contact_at),
        'notes', contact.notes,
        'isBlocked', contact.is_blocked,
        'metadata', contact.metadata,
        'createdAt', wire_time(contact.created_at),
        'updatedAt', wire_time(contact.updated_at))
$$;
--rollback drop function contact_event_data(contacts);

--changeset crm:owe-contact-event splitStatements:false runOnChange:true
-- Tells of a new or changed contact as it is by now. What a later change of the same statement has replaced, that change tells; of a
-- merge, contact.merged does.
create or replace function owe_contact_event() returns trigger language plpgsql as $$
declare
    event_type constant text := case tg_op when 'INSERT' then 'contact.created' else 'contact.updated' end;
    contact contacts;
begin
    if not wants_event(new.org_id, event_type) then
        return null;
    end if;
    select * into contact from contacts c where c.org_id = new.org_id and c.id = new.id and (tg_op = 'INSERT' or c.version = new.version);
    if found and not exists (
        select from contact_merges m where m.org_id = new.org_id and m.contact_id = new.id and m.merged_at = now())
    then
        perform owe_event(new.org_id, event_type, contact_event_data(contact));
    end if;
    return null;
end
$$;
--rollback drop function owe_contact_event();

--changeset crm:owe-imported-phone-event splitStatements:false runOnChange:true
-- An import may add a number to a contact without a change of the contact's own row.
create or replace function owe_imported_phone_event() returns trigger language plpgsql as $$
declare
    contact contacts;
begin
    if not wants_event(new.org_id, 'contact.updated') then
        return null;
    end if;
    select * into contact from contacts c
    where c.org_id = new.org_id and c.id = new.contact_id and c.updated_at <> now(); -- not written by this transaction
    if found then
        perform owe_event(new.org_id, 'contact.updated', contact_event_data(contact));
    end if;
    return null;
end
$$;
--rollback drop function owe_imported_phone_event();

--changeset crm:owe-contact-merged-event splitStatements:false runOnChange:true
-- Deferred to the end of the transaction, when the survivor has got everything.
create or replace function owe_contact_merged_event() returns trigger language plpgsql as $$
declare
    survivor contacts;
begin
    if not wants_event(new.org_id, 'contact.merged') then
        return null;
    end if;
    select * into survivor from contacts c where c.org_id = new.org_id and c.id = new.contact_id;
    if found then
        perform owe_event(
            new.org_id, 'contact.merged', contact_event_data(survivor) || jsonb_build_object('duplicateId', new.duplicate_id));
    end if;
    return null;
end
$$;
--rollback drop function owe_contact_merged_event();

--changeset crm:owe-contact-erased-event splitStatements:false runOnChange:true
create or replace function owe_contact_erased_event() returns trigger language plpgsql as $$
begin
    if wants_event(new.org_id, 'contact.erased') then
        perform owe_event(new.org_id, 'contact.erased', jsonb_build_object('id', new.contact_id));
    end if;
    return null;
end
$$;
--rollback drop function owe_contact_erased_event();

--changeset crm:erase-owed-events splitStatements:false runOnChange:true
-- Takes back the events that voice-service has not taken yet, or has refused, and that name one of the ids or numbers.
create or replace function erase_owed_events(ids uuid[], numbers text[]) returns void language sql as $$
    delete from outbox o
    where o.org_id = current_org_id() and o.destination = 'voice-service' and o.event ->> 'path' = '/internal/events'
        and (names_number(o.event::text, numbers) or exists (select from unnest(ids) i where strpos(o.event::text, i::text) > 0));
    delete from outbox_rejected r
    where r.org_id = current_org_id() and r.destination = 'voice-service' and r.event ->> 'path' = '/internal/events'
        and (names_number(r.event::text, numbers) or exists (select from unnest(ids) i where strpos(r.event::text, i::text) > 0))
$$;
--rollback drop function erase_owed_events(uuid[], text[]);

--changeset crm:notification-event-data splitStatements:false runOnChange:true
-- A notification as the API shows it to its user.
create or replace function notification_event_data(notification notifications) returns jsonb language sql stable as $$
    select jsonb_build_object(
        'id', notification.id,
        'type', notification.type,
        'status', notification.status,
        'priority', notification.priority,
        'title', notification.title,
        'message', notification.message,
        'relatedType', notification.related_type,
        'relatedId', notification.related_id,
        'actionUrl', notification.action_url,
        'channels', notification.channels,
        'readAt', wire_time(notification.read_at),
        'expiresAt', wire_time(notification.expires_at),
        'createdAt', wire_time(notification.created_at),
        'updatedAt', wire_time(notification.updated_at))
$$;
--rollback drop function notification_event_data(notifications);

--changeset crm:owe-notification-event splitStatements:false runOnChange:true
create or replace function owe_notification_event() returns trigger language plpgsql as $$
begin
    if wants_event(new.org_id, 'notification.created') then
        perform owe_event(new.org_id, 'notification.created', notification_event_data(new));
    end if;
    return null;
end
$$;
--rollback drop function owe_notification_event();

--changeset crm:appointment-event-data splitStatements:false runOnChange:true
-- An appointment as the API shows it.
create or replace function appointment_event_data(appointment appointments) returns jsonb language sql stable as $$
    select jsonb_build_object(
        'id', appointment.id,
        'contactId', appointment.contact_id,
        'serviceType', appointment.service_type,
        'scheduledAt', wire_time(appointment.scheduled_at),
        'durationMinutes', appointment.duration_minutes,
        'endsAt', wire_time(appointment.ends_at),
        'assigneeId', appointment.assignee_id,
        'status', appointment.status,
        'calendarLink', appointment.calendar_link,
        'confirmationSent', appointment.confirmation_sent,
        'notes', appointment.notes,
        'deletedAt', wire_time(appointment.deleted_at),
        'createdAt', wire_time(appointment.created_at),
        'updatedAt', wire_time(appointment.updated_at))
$$;
--rollback drop function appointment_event_data(appointments);

--changeset crm:appointment-event-type splitStatements:false runOnChange:true
-- What a change of an appointment is to a subscriber; null if it is nothing. A live one that is deleted has been cancelled, and one
-- that is restored has been booked again. In a change of time and status the end of it counts.
create or replace function appointment_event_type(before appointments, after appointments) returns text language sql stable as $$
    select case
        when before.deleted_at is distinct from after.deleted_at then case
            when after.status not in ('pending', 'confirmed', 'in_progress') then null
            when after.deleted_at is null then 'appointment.booked'
            else 'appointment.cancelled' end
        when before.status <> after.status and after.status in ('cancelled', 'completed', 'no_show') then 'appointment.' || after.status
        when before.scheduled_at <> after.scheduled_at or before.duration_minutes <> after.duration_minutes
            then 'appointment.rescheduled' end
$$;
--rollback drop function appointment_event_type(appointments, appointments);

--changeset crm:owe-appointment-event splitStatements:false runOnChange:true
create or replace function owe_appointment_event() returns trigger language plpgsql as $$
declare
    event_type text := 'appointment.booked';
begin
    if tg_op = 'UPDATE' then
        event_type := appointment_event_type(old, new);
    end if;
    if event_type is not null and wants_event(new.org_id, event_type) then
        perform owe_event(new.org_id, event_type, appointment_event_data(new));
    end if;
    return null;
end
$$;
--rollback drop function owe_appointment_event();

--changeset crm:ticket-event-data splitStatements:false runOnChange:true
-- A ticket as the API shows it.
create or replace function ticket_event_data(ticket tickets) returns jsonb language sql stable as $$
    select jsonb_build_object(
        'id', ticket.id,
        'number', ticket.number,
        'title', ticket.title,
        'description', ticket.description,
        'status', ticket.status,
        'priority', ticket.priority,
        'customerId', ticket.customer_id,
        'contactId', ticket.contact_id,
        'assignedAgentId', ticket.assigned_agent_id,
        'assignedTeamId', ticket.assigned_team_id,
        'tags', ticket.tags,
        'metadata', ticket.metadata,
        'firstRespondedAt', wire_time(ticket.first_responded_at),
        'resolvedAt', wire_time(ticket.resolved_at),
        'closedAt', wire_time(ticket.closed_at),
        'reopenedCount', ticket.reopened_count,
        'lastReopenedAt', wire_time(ticket.last_reopened_at),
        'mergedIntoId', ticket.merged_into_id,
        'sla', jsonb_build_object(
            'firstResponseDueAt', wire_time(ticket.first_response_due_at),
            'resolutionDueAt', wire_time(ticket.resolution_due_at),
            'firstResponseBreached', ticket.first_response_breached_at is not null,
            'resolutionBreached', ticket.resolution_breached_at is not null,
            'pausedSince', wire_time(ticket.paused_since)),
        'createdAt', wire_time(ticket.created_at),
        'updatedAt', wire_time(ticket.updated_at))
$$;
--rollback drop function ticket_event_data(tickets);

--changeset crm:owe-ticket-event splitStatements:false runOnChange:true
-- Of an erased person's tickets contact.erased tells.
create or replace function owe_ticket_event() returns trigger language plpgsql as $$
declare
    event_type constant text := case tg_op when 'INSERT' then 'ticket.created' else 'ticket.updated' end;
begin
    if wants_event(new.org_id, event_type) and current_setting('app.erasing', true) is distinct from 'on' then
        perform owe_event(new.org_id, event_type, ticket_event_data(new));
    end if;
    return null;
end
$$;
--rollback drop function owe_ticket_event();
