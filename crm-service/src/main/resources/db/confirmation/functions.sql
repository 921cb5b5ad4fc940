--liquibase formatted sql

--changeset crm:appointment-mail-kind splitStatements:false runOnChange:true
-- What a contact's calendar is to be told of an appointment; nothing where it is going on or over.
create or replace function appointment_mail_kind(status appointment_status, deleted_at timestamptz) returns text
    language sql immutable parallel safe as $$
    select case
        when deleted_at is not null or status = 'cancelled' then 'cancel'
        when status in ('pending', 'confirmed') then 'request' end
$$;
--rollback drop function appointment_mail_kind(appointment_status, timestamptz);

--changeset crm:choose-appointment-mail splitStatements:false runOnChange:true
-- Chooses the outbox row of a mail that a change owes the contact: of a booking, a move and a restored appointment; of a cancellation
-- or deletion only where the contact knows of the appointment, also where it comes to be known while its mail is on the way.
-- Inserting the row is left to owe_appointment_mail: this also runs for an insert that gives way to another booking.
create or replace function choose_appointment_mail() returns trigger language plpgsql as $$
declare
    kind constant text := appointment_mail_kind(new.status, new.deleted_at);
    is_news boolean;
begin
    if tg_op = 'INSERT' then
        new.mail_id := null;
        is_news := kind = 'request';
    else
        new.mail_id := old.mail_id;
        is_news := case kind
            when 'request' then appointment_mail_kind(old.status, old.deleted_at) is distinct from 'request'
                or (old.scheduled_at, old.duration_minutes) is distinct from (new.scheduled_at, new.duration_minutes)
            when 'cancel' then new.confirmation_sent
                and (appointment_mail_kind(old.status, old.deleted_at) = 'request' or not old.confirmation_sent) end;
    end if;
    if is_news and new.scheduled_at > now() and exists (
        select from contacts c where c.org_id = new.org_id and c.id = new.contact_id and c.email is not null)
    then
        new.mail_id := uuid_v7();
    end if;
    return new;
end
$$;
--rollback drop function choose_appointment_mail();

--changeset crm:owe-appointment-mail splitStatements:false runOnChange:true
-- The mail is written when it is sent, of what the appointment is by then: the outbox holds nothing of the contact.
create or replace function owe_appointment_mail() returns trigger language plpgsql as $$
begin
    insert into outbox (org_id, id, destination, event)
    values (new.org_id, new.mail_id, 'appointment-mail', jsonb_build_object('appointment', new.id));
    return null;
end
$$;
--rollback drop function owe_appointment_mail();
