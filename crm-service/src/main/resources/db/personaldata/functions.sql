--liquibase formatted sql

--changeset crm:notifications-about splitStatements:false runOnChange:true
-- The newest notifications about a contact of the caller's organization, its appointments or its tickets, or that name one of its
-- numbers. Runs as the owner, since they are other users'.
create or replace function notifications_about(contact uuid, at_most int)
    returns table (id uuid, user_id uuid, type text, title text, message text, created_at timestamptz)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
    select n.id, n.user_id, n.type::text, n.title, n.message, n.created_at from notifications n
    where n.org_id = current_org_id() and (n.related_type = 'contact' and n.related_id = contact
        or n.related_type = 'appointment' and n.related_id in (
            select a.id from appointments a where a.org_id = current_org_id() and a.contact_id = contact)
        or n.related_type = 'ticket' and n.related_id in (
            select t.id from tickets t where t.org_id = current_org_id() and t.contact_id = contact)
        or names_number(n.title || e'\n' || n.message, array(
            select p.phone from contact_phones p where p.org_id = current_org_id() and p.contact_id = contact)))
    order by n.created_at desc, n.id desc limit least(greatest(at_most, 1), 1001)
$$;
revoke all on function notifications_about(uuid, int) from public;
grant execute on function notifications_about(uuid, int) to ${schema}_app;
--rollback drop function notifications_about(uuid, int);
