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
-- Notifies one user, or all active ones in the roles, of the caller's tenant; answers how many. Runs as the owner, since
-- the caller may not write other users' notifications.
create or replace function create_notification(
    for_user uuid, for_roles text[], kind notification_type, title text, message text,
    related_type text, related_id uuid, priority notification_priority, action_url text)
    returns int language sql security definer set search_path = ${schema}, pg_temp as $$
    with created as (
        insert into notifications (org_id, user_id, type, title, message, related_type, related_id, priority, action_url)
        select m.org_id, m.id, kind, create_notification.title, create_notification.message,
            create_notification.related_type, create_notification.related_id,
            coalesce(create_notification.priority, 'normal'), create_notification.action_url
        from members m
        where m.org_id = current_org_id() and m.is_active and (m.id = for_user or m.role = any (for_roles))
        returning 1
    )
    select count(*)::int from created
$$;
revoke all on function create_notification(uuid, text[], notification_type, text, text, text, uuid, notification_priority, text)
    from public;
grant execute on function create_notification(uuid, text[], notification_type, text, text, text, uuid, notification_priority, text)
    to ${schema}_app;
--rollback drop function create_notification(uuid, text[], notification_type, text, text, text, uuid, notification_priority, text);

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
