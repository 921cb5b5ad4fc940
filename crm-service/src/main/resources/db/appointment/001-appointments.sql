--liquibase formatted sql

--changeset crm:appointment-001-status
create type appointment_status as enum ('pending', 'confirmed', 'in_progress', 'completed', 'cancelled', 'no_show');
--rollback drop type appointment_status;

--changeset crm:appointment-001-appointments
create table appointments (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    contact_id uuid not null,
    service_type text not null,
    scheduled_at timestamptz not null,
    duration_minutes int not null,
    ends_at timestamptz not null,     -- schedule_appointment sets it: a generated column would have to be immutable
    blocked tstzrange not null,       -- with the buffer of the rules as they were when it was booked or moved
    assignee_id uuid,
    status appointment_status not null default 'pending',
    calendar_link text,               -- https, set by staff or an integration
    confirmation_sent boolean not null default false,
    notes text,
    sequence int not null default 0,  -- RFC 5545: counts changes of time, length, status, and of being deleted
    deleted_at timestamptz,
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint "contactId" foreign key (org_id, contact_id) references contacts (org_id, id) on delete cascade,
    constraint "assigneeId" foreign key (org_id, assignee_id) references members (org_id, id),
    constraint appointment_length check (duration_minutes between 5 and 1440),
    constraint appointment_time check (scheduled_at >= timestamptz '2000-01-01 00:00Z' and scheduled_at < timestamptz '2100-01-01 00:00Z'),
    -- Insert with `on conflict do nothing` and read the clash afterwards: plain inserts that meet here deadlock. Updates lock the
    -- schedule first, see schedule_appointment.
    constraint appointment_slot_taken exclude using gist (org_id with =, assignee_id with =, blocked with &&)
        where (assignee_id is not null and deleted_at is null and status in ('pending', 'confirmed', 'in_progress'))
);
-- The list's order, plain and by each filter; the status is a literal in the SQL, one index each.
create index appointments_by_time on appointments (org_id, scheduled_at, id) where deleted_at is null;
create index appointments_of_assignee on appointments (org_id, assignee_id, scheduled_at, id) where deleted_at is null;
create index appointments_pending on appointments (org_id, scheduled_at, id) where deleted_at is null and status = 'pending';
create index appointments_confirmed on appointments (org_id, scheduled_at, id) where deleted_at is null and status = 'confirmed';
create index appointments_in_progress on appointments (org_id, scheduled_at, id) where deleted_at is null and status = 'in_progress';
create index appointments_completed on appointments (org_id, scheduled_at, id) where deleted_at is null and status = 'completed';
create index appointments_cancelled on appointments (org_id, scheduled_at, id) where deleted_at is null and status = 'cancelled';
create index appointments_no_show on appointments (org_id, scheduled_at, id) where deleted_at is null and status = 'no_show';
create index appointments_of_contact on appointments (org_id, contact_id, scheduled_at, id) where deleted_at is null;
create index appointments_deleted on appointments (org_id, scheduled_at, id) where deleted_at is not null; -- admins list them too
create index appointments_deleted_of_contact on appointments (org_id, contact_id, scheduled_at, id) where deleted_at is not null;
create index appointments_any_of_contact on appointments (org_id, contact_id); -- what goes when the contact goes

alter table appointments enable row level security, force row level security;
create policy own_org_select on appointments for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on appointments for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy own_org_update on appointments for update to ${schema}_app
    using (org_id = (select current_org_id())) with check (org_id = (select current_org_id()));
create policy owner on appointments to ${schema}_owner using (true) with check (true);
grant select, insert, update on appointments to ${schema}_app;
--rollback drop table appointments;

--changeset crm:appointment-001-booking-rules
-- An organization without a row has the defaults: read them by booking_rules_now().
create table booking_rules (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    slot_minutes int not null default 30,           -- availability offers a beginning every so often after opening
    buffer_minutes int not null default 0,          -- kept free after an appointment
    minimum_notice_minutes int not null default 60,
    horizon_days int not null default 60,
    reminder_minutes int[] not null default '{1440,60}', -- before the beginning
    assignees uuid[] not null default '{}',         -- who can be booked; empty: every active admin and agent
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id),
    constraint booking_rules_bounded check (
        slot_minutes between 5 and 1440 and buffer_minutes between 0 and 240
        and minimum_notice_minutes between 0 and 43200 and horizon_days between 1 and 365
        and cardinality(reminder_minutes) <= 5 and 5 <= all (reminder_minutes) and 20160 >= all (reminder_minutes)
        and array_position(reminder_minutes, null) is null
        and cardinality(assignees) <= 50)
);
alter table booking_rules enable row level security, force row level security;
create policy own_org_select on booking_rules for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on booking_rules for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy own_org_update on booking_rules for update to ${schema}_app
    using (org_id = (select current_org_id())) with check (org_id = (select current_org_id()));
create policy owner on booking_rules to ${schema}_owner using (true) with check (true);
grant select, insert, update on booking_rules to ${schema}_app;
--rollback drop table booking_rules;
