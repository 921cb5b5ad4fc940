--liquibase formatted sql

--changeset crm:reminder-001-appointment-reminders
-- The reminders that are still to come. A sent one is removed: its time has passed, so that nothing plans it again.
create table appointment_reminders (
    org_id uuid not null,
    appointment_id uuid not null,
    minutes int not null,              -- before the beginning
    scheduled_at timestamptz not null, -- the beginning that it reminds of
    due_at timestamptz not null,
    primary key (org_id, appointment_id, minutes, scheduled_at),
    constraint "appointmentId" foreign key (org_id, appointment_id) references appointments (org_id, id) on delete cascade
);
create index appointment_reminders_due on appointment_reminders (due_at);
alter table appointment_reminders enable row level security, force row level security;
create policy own_org_select on appointment_reminders for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on appointment_reminders for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy own_org_delete on appointment_reminders for delete to ${schema}_app using (org_id = (select current_org_id()));
create policy owner on appointment_reminders to ${schema}_owner using (true) with check (true);
grant select, insert, delete on appointment_reminders to ${schema}_app;
--rollback drop table appointment_reminders;
