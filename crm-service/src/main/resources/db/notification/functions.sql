--liquibase formatted sql

--changeset crm:keep-notification-status-legal splitStatements:false runOnChange:true
-- From unread to read to archived, never back. Fails with notification_status_illegal.
create or replace function keep_notification_status_legal() returns trigger language plpgsql as $$
begin
    raise exception using errcode = 'SB409', constraint = 'notification_status_illegal',
        message = format('notification_status_illegal: a notification does not go from %s to %s', old.status, new.status);
end
$$;
--rollback drop function keep_notification_status_legal();

--changeset crm:create-notification splitStatements:false runOnChange:true
-- Notifies one user, or all active ones in the roles, of the caller's tenant, by the channels that each of them wants; answers the
-- ids. Runs as the owner, since the caller may not write other users' notifications. In PL/pgSQL, which keeps its plan.
create or replace function create_notification(
    for_user uuid, for_roles text[], kind notification_type, title text, message text,
    related_type text, related_id uuid, priority notification_priority, action_url text)
    returns uuid[] language plpgsql security definer set search_path = ${schema}, pg_temp set enable_seqscan = off as $$
#variable_conflict use_column
declare
    ids uuid[];
begin
    with created as (
        insert into notifications
            (org_id, user_id, type, title, message, related_type, related_id, priority, action_url, channels)
        select m.org_id, m.id, kind, create_notification.title, create_notification.message,
            create_notification.related_type, create_notification.related_id,
            coalesce(create_notification.priority, 'normal'), create_notification.action_url, coalesce(p.channels, '{app}')
        from members m
        left join notification_preferences p on p.org_id = m.org_id and p.user_id = m.id and p.type = kind
        where m.org_id = current_org_id() and m.is_active and (m.id = for_user or m.role = any (for_roles))
        returning id
    )
    select coalesce(array_agg(id), '{}') into ids from created;
    return ids;
end
$$;
revoke all on function create_notification(uuid, text[], notification_type, text, text, text, uuid, notification_priority, text)
    from public;
grant execute on function create_notification(uuid, text[], notification_type, text, text, text, uuid, notification_priority, text)
    to ${schema}_app;
--rollback drop function create_notification(uuid, text[], notification_type, text, text, text, uuid, notification_priority, text);

--changeset crm:mail-notification splitStatements:false runOnChange:true
-- Owes the user a mail that says what the notification does. It is too late for a reminder once the appointment has begun, for all
-- else after a day.
create or replace function mail_notification() returns trigger language plpgsql as $$
begin
    perform owe_mail(m.email, new.title,
        new.message || case when new.action_url like 'https://%' then e'\n\n' || new.action_url else '' end ||
            e'\n\nYou have chosen to get notifications of this kind from Switchboard by e-mail.\n',
        coalesce(
            (select a.scheduled_at from appointments a
            where new.type = 'appointment_reminder' and a.org_id = new.org_id and a.id = new.related_id),
            now() + interval '1 day'),
        new.related_id)
    from members m where m.org_id = new.org_id and m.id = new.user_id and m.is_active;
    return null;
end
$$;
--rollback drop function mail_notification();

--changeset crm:streamed-notifications splitStatements:false runOnChange:true
-- The notifications of many users, of any tenants, for the streams that they have open: of each those behind a key, or of the last
-- 15 seconds where it is null, at most so many. Users who are switched off get none.
create or replace function streamed_notifications(orgs uuid[], users uuid[], after uuid[], known uuid[], at_most int)
    returns setof notifications language sql stable security definer set search_path = ${schema}, pg_temp as $$
    select n.*
    from unnest(orgs, users, after) as s (org_id, user_id, after)
    join members m on m.org_id = s.org_id and m.id = s.user_id and m.is_active
    cross join lateral (
        select * from notifications n
        where n.org_id = s.org_id and n.user_id = s.user_id
            and n.id > coalesce(s.after, (select uuid_v7_floor(now() - interval '15 seconds')))
            and n.id not in (select unnest(known))
        order by n.id limit least(at_most, 100)) n
    order by n.id
$$;
revoke all on function streamed_notifications(uuid[], uuid[], uuid[], uuid[], int) from public;
grant execute on function streamed_notifications(uuid[], uuid[], uuid[], uuid[], int) to ${schema}_app;
--rollback drop function streamed_notifications(uuid[], uuid[], uuid[], uuid[], int);

--changeset crm:expire-old-notifications splitStatements:false runOnChange:true
-- Removes at most 1,000 expired ones, of all tenants, and answers how many.
create or replace function expire_old_notifications() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with gone as (
        delete from notifications where ctid = any (array(
            select ctid from notifications where expires_at < now() order by expires_at limit 1000 for update skip locked))
        returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function expire_old_notifications() from public;
grant execute on function expire_old_notifications() to ${schema}_app;
--rollback drop function expire_old_notifications();
