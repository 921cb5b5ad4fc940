--liquibase formatted sql

--changeset crm:notification-001-types
create type notification_type as enum
    ('hot_lead', 'appointment_booked', 'appointment_reminder', 'missed_call', 'ticket_assigned', 'system_alert');
create type notification_status as enum ('unread', 'read', 'archived');
create type notification_priority as enum ('low', 'normal', 'high', 'urgent');
--rollback drop type notification_priority;
--rollback drop type notification_status;
--rollback drop type notification_type;

--changeset crm:notification-001-keep-status-legal splitStatements:false
-- unread, read, archived: never back.
create function keep_notification_status_legal() returns trigger language plpgsql as $$
begin
    raise exception 'a notification does not go from % to %', old.status, new.status
        using errcode = 'SB409', constraint = 'notification_status_illegal';
end
$$;
--rollback drop function keep_notification_status_legal();

--changeset crm:notification-001-create
create table notifications (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    user_id uuid not null,
    type notification_type not null,
    status notification_status not null default 'unread',
    priority notification_priority not null default 'normal',
    title text not null,
    message text not null,
    related_type text,         -- contact, call, …
    related_id uuid,
    action_url text,           -- where to act on it
    channels text[] not null default '{app}',
    read_at timestamptz,
    expires_at timestamptz not null default now() + interval '30 days',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    foreign key (org_id, user_id) references members (org_id, id)
);
create index notifications_of_user on notifications (org_id, user_id, created_at desc, id desc);
create index notifications_unread on notifications (org_id, user_id, created_at desc, id desc) where status = 'unread';
create index notifications_read on notifications (org_id, user_id, created_at desc, id desc) where status = 'read';
create index notifications_archived on notifications (org_id, user_id, created_at desc, id desc) where status = 'archived';
create index notifications_expiry on notifications (expires_at);

create trigger touch before update on notifications for each row
    when (old.* is distinct from new.*) execute function touch_updated_at();
create trigger keep_org before update on notifications for each row execute function keep_org_id();
create trigger status before update on notifications for each row
    when (new.status < old.status) execute function keep_notification_status_legal();
create trigger audit after insert or update or delete on notifications for each row execute function audit_change();

alter table notifications enable row level security, force row level security;
create policy own_select on notifications for select to ${schema}_app using (
    org_id = (select current_org_id())
    and (user_id = (select current_user_id()) or (select current_role_name()) = 'service'));
create policy own_update on notifications for update to ${schema}_app
    using (
        org_id = (select current_org_id())
        and (user_id = (select current_user_id()) or (select current_role_name()) = 'service'))
    with check (
        org_id = (select current_org_id())
        and (user_id = (select current_user_id()) or (select current_role_name()) = 'service'));
create policy owner on notifications to ${schema}_owner using (true) with check (true);
-- Only create_notification makes them, only expire_old_notifications removes them.
grant select, update (status, read_at) on notifications to ${schema}_app;
--rollback drop table notifications;

--changeset crm:notification-001-create-notification splitStatements:false
-- Tells one user, or everybody active in the roles, of the tenant at hand; says how many. As the owner, since whoever
-- causes a notification may not see other people's.
create function create_notification(
    for_user uuid, for_roles text[], kind notification_type, title text, message text,
    related_type text, related_id uuid, priority notification_priority, action_url text)
    returns int language sql security definer set search_path = ${schema}, pg_temp as $$
    with told as (
        insert into notifications (org_id, user_id, type, title, message, related_type, related_id, priority, action_url)
        select m.org_id, m.id, kind, create_notification.title, create_notification.message,
            create_notification.related_type, create_notification.related_id,
            coalesce(create_notification.priority, 'normal'), create_notification.action_url
        from members m
        where m.org_id = current_org_id() and m.is_active and (m.id = for_user or m.role = any (for_roles))
        returning 1
    )
    select count(*)::int from told
$$;
revoke all on function create_notification(uuid, text[], notification_type, text, text, text, uuid, notification_priority, text)
    from public;
grant execute on function create_notification(uuid, text[], notification_type, text, text, text, uuid, notification_priority, text)
    to ${schema}_app;
--rollback drop function create_notification(uuid, text[], notification_type, text, text, text, uuid, notification_priority, text);

--changeset crm:notification-001-expire-old-notifications splitStatements:false
-- Removes those whose time is over, of all tenants, a bounded number at once.
create function expire_old_notifications() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with old as (
        select org_id, id from notifications where expires_at < now() order by expires_at limit 2000 for update skip locked
    ), gone as (
        delete from notifications n using old where n.org_id = old.org_id and n.id = old.id returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function expire_old_notifications() from public;
grant execute on function expire_old_notifications() to ${schema}_app;
--rollback drop function expire_old_notifications();
