--liquibase formatted sql

--changeset crm:contact-004-hot-leads splitStatements:false
-- A contact has become hot, by whatever path: whoever works with leads is told, once each time.
create function announce_hot_lead() returns trigger language plpgsql as $$
begin
    perform create_notification(
        null, array['admin', 'agent'], 'hot_lead',
        'Hot lead: ' || coalesce(new.name, new.phone, new.email, 'a contact without a name'),
        concat_ws(', ', new.name, new.phone, new.email),
        'contact', new.id, 'high', '/api/contacts/' || new.id);
    return null;
end
$$;
create trigger hot_from_the_start after insert on contacts for each row
    when (new.lead_score = 'hot') execute function announce_hot_lead();
create trigger turned_hot after update on contacts for each row
    when (new.lead_score = 'hot' and old.lead_score is distinct from 'hot') execute function announce_hot_lead();
--rollback drop trigger turned_hot on contacts;
--rollback drop trigger hot_from_the_start on contacts;
--rollback drop function announce_hot_lead();
