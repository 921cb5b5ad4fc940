--liquibase formatted sql

--changeset kit:owe-mail splitStatements:false runOnChange:true
-- Owes a mail in plain text, if the transaction commits. It stands readable in the outbox: what must not be read there, such as a
-- token, is sealed by the service instead. What is too long is cut.
--   until: when it is too late to send it; null for never
--   about: the record that it tells of, so that it can be found when a person is erased
create or replace function owe_mail(recipient text, subject text, body text, until timestamptz default null, about uuid default null)
    returns void language sql as $$
    insert into outbox (org_id, destination, event)
    select current_org_id(), 'mail', jsonb_build_object(
        'to', left(recipient, 320),
        'subject', left(coalesce(subject, ''), 200),
        'text', left(coalesce(body, ''), 20000),
        'until', to_char(until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'about', about)
    where recipient is not null
$$;
--rollback drop function owe_mail(text, text, text, timestamptz, uuid);
