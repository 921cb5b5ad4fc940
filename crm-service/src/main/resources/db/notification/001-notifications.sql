--liquibase formatted sql

--changeset crm:notification-001-types
create type notification_type as enum
    ('hot_lead', 'appointment_booked', 'appointment_reminder', 'missed_call', 'ticket_assigned', 'system_alert',
        'ticket_message', 'sla_breach');
create type notification_status as enum ('unread', 'read', 'archived');
create type notification_priority as enum ('low', 'normal', 'high', 'urgent');
--rollback drop type notification_priority;
--rollback drop type notification_status;
--rollback drop type notification_type;

--changeset crm:notification-001-notifications
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
    constraint "userId" foreign key (org_id, user_id) references members (org_id, id)
);
create index notifications_of_user on notifications (org_id, user_id, created_at desc, id desc);
create index notifications_streamed on notifications (org_id, user_id, id);
create index notifications_unread on notifications (org_id, user_id, created_at desc, id desc) where status = 'unread';
create index notifications_read on notifications (org_id, user_id, created_at desc, id desc) where status = 'read';
create index notifications_archived on notifications (org_id, user_id, created_at desc, id desc) where status = 'archived';
create index notifications_expiry on notifications (expires_at);

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

--changeset crm:notification-001-notification-preferences
-- By what else than the app a user wants to hear of a type; a type without a row comes in the app alone. No foreign key: a user may
-- choose before auth-service's copy of the user has arrived.
create table notification_preferences (
    org_id uuid not null,
    user_id uuid not null,
    type notification_type not null,
    id uuid not null default uuid_v7(),
    channels text[] not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, user_id, type),
    constraint notification_channels_known check ('app' = any (channels) and channels <@ '{app,email,webhook}'::text[])
);
alter table notification_preferences enable row level security, force row level security;
create policy own_select on notification_preferences for select to ${schema}_app using (
    org_id = (select current_org_id())
    and (user_id = (select current_user_id()) or (select current_role_name()) = 'service'));
create policy own_insert on notification_preferences for insert to ${schema}_app with check (
    org_id = (select current_org_id())
    and (user_id = (select current_user_id()) or (select current_role_name()) = 'service'));
create policy own_update on notification_preferences for update to ${schema}_app
    using (
        org_id = (select current_org_id())
        and (user_id = (select current_user_id()) or (select current_role_name()) = 'service'))
    with check (
        org_id = (select current_org_id())
        and (user_id = (select current_user_id()) or (select current_role_name()) = 'service'));
create policy own_delete on notification_preferences for delete to ${schema}_app using (
    org_id = (select current_org_id())
    and (user_id = (select current_user_id()) or (select current_role_name()) = 'service'));
create policy owner on notification_preferences to ${schema}_owner using (true) with check (true);
grant select, insert, delete, update (channels) on notification_preferences to ${schema}_app;
--rollback drop table notification_preferences;
