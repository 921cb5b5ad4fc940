--liquibase formatted sql

--changeset crm:sla-001-policies
-- A priority without a row has the defaults: read them by sla_policies_now().
create table sla_policies (
    org_id uuid not null,
    priority ticket_priority not null,
    id uuid not null default uuid_v7(),
    first_response_minutes int not null, -- of open time
    resolution_minutes int not null,     -- of open time outside of pauses
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, priority),
    constraint sla_policy_bounded check (
        first_response_minutes between 1 and 129600 and resolution_minutes between 1 and 129600)
);
alter table sla_policies enable row level security, force row level security;
create policy own_org_select on sla_policies for select to ${schema}_app using (org_id = (select current_org_id()));
create policy own_org_insert on sla_policies for insert to ${schema}_app with check (org_id = (select current_org_id()));
create policy own_org_update on sla_policies for update to ${schema}_app
    using (org_id = (select current_org_id())) with check (org_id = (select current_org_id()));
create policy owner on sla_policies to ${schema}_owner using (true) with check (true);
grant select, insert, update on sla_policies to ${schema}_app;
--rollback drop table sla_policies;

--changeset crm:sla-001-pauses
-- When a ticket was pending, resolved or closed. The pause that goes on is tickets.paused_since. Only keep_ticket_sla writes them.
create table ticket_pauses (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    ticket_id uuid not null,
    started_at timestamptz not null,
    ended_at timestamptz not null,
    primary key (org_id, id),
    constraint "ticketId" foreign key (org_id, ticket_id) references tickets (org_id, id) on delete cascade,
    constraint ticket_pause_ends_later check (ended_at > started_at)
);
create index ticket_pauses_of_ticket on ticket_pauses (org_id, ticket_id);
alter table ticket_pauses enable row level security, force row level security;
create policy owner on ticket_pauses to ${schema}_owner using (true) with check (true);
--rollback drop table ticket_pauses;

--changeset crm:sla-001-ticket-indexes
-- A clock that has run out, or will unless it is stopped before: by the answer or the end, by a pause. Stamped ones leave the index.
create index tickets_first_response_due on tickets (first_response_due_at) where first_response_breached_at is null
    and coalesce(least(first_responded_at, resolved_at, closed_at), 'infinity') > first_response_due_at;
create index tickets_resolution_due on tickets (resolution_due_at) where resolution_breached_at is null
    and coalesce(paused_since, 'infinity') > resolution_due_at;
-- Those that new hours or policies concern.
create index tickets_unresolved on tickets (org_id, id) where status in ('new', 'open', 'pending');
--rollback drop index tickets_unresolved;
--rollback drop index tickets_resolution_due;
--rollback drop index tickets_first_response_due;
