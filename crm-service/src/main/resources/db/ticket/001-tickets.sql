--liquibase formatted sql

--changeset crm:ticket-001-types
create type ticket_status as enum ('new', 'open', 'pending', 'resolved', 'closed');
create type ticket_priority as enum ('low', 'medium', 'high', 'urgent');
create type message_type as enum ('customer', 'agent', 'system', 'ai');
--rollback drop type message_type;
--rollback drop type ticket_priority;
--rollback drop type ticket_status;

--changeset crm:ticket-001-ticket-numbers
-- The last number that an organization's tickets have; only number_ticket counts.
create table ticket_numbers (
    org_id uuid not null,
    last bigint not null,
    primary key (org_id)
);
alter table ticket_numbers enable row level security, force row level security;
create policy owner on ticket_numbers to ${schema}_owner using (true) with check (true);
--rollback drop table ticket_numbers;

--changeset crm:ticket-001-tickets
create table tickets (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    number bigint not null,           -- from 1 in the organization, short enough to be said aloud
    title text not null,
    description text,
    status ticket_status not null default 'new',
    priority ticket_priority not null default 'medium',
    customer_id uuid,                 -- the user whose ticket it is
    contact_id uuid,
    assigned_agent_id uuid,
    assigned_team_id uuid,
    tags text[] not null default '{}',
    metadata jsonb not null default '{}',
    first_responded_at timestamptz,   -- the first message of the desk that its customer can read
    resolved_at timestamptz,          -- null while it is not resolved or closed
    closed_at timestamptz,
    reopened_count int not null default 0,
    last_reopened_at timestamptz,
    merged_into_id uuid,              -- the ticket that has its messages now
    first_response_due_at timestamptz,
    resolution_due_at timestamptz,
    first_response_breached_at timestamptz,
    resolution_breached_at timestamptz,
    paused_since timestamptz,
    version int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint ticket_number_taken unique (org_id, number),
    constraint "customerId" foreign key (org_id, customer_id) references members (org_id, id),
    constraint "contactId" foreign key (org_id, contact_id) references contacts (org_id, id) on delete set null (contact_id),
    constraint "assignedAgentId" foreign key (org_id, assigned_agent_id) references members (org_id, id),
    constraint "assignedTeamId" foreign key (org_id, assigned_team_id) references teams (org_id, id)
        on delete set null (assigned_team_id),
    constraint "mergedIntoId" foreign key (org_id, merged_into_id) references tickets (org_id, id),
    constraint ticket_tags_too_many check (cardinality(tags) <= 50),
    constraint metadata_too_large check (octet_length(metadata::text) <= 8192),
    constraint metadata_not_an_object check (jsonb_typeof(metadata) = 'object')
);
-- The list's order, plain and by each filter: of all, for admins; of an agent and of a team, which an agent's list is made of.
-- The words of enums are literals in the SQL, one index each.
create index tickets_newest on tickets (org_id, created_at desc, id desc);
create index tickets_new on tickets (org_id, created_at desc, id desc) where status = 'new';
create index tickets_open on tickets (org_id, created_at desc, id desc) where status = 'open';
create index tickets_pending on tickets (org_id, created_at desc, id desc) where status = 'pending';
create index tickets_resolved on tickets (org_id, created_at desc, id desc) where status = 'resolved';
create index tickets_closed on tickets (org_id, created_at desc, id desc) where status = 'closed';
create index tickets_low on tickets (org_id, created_at desc, id desc) where priority = 'low';
create index tickets_medium on tickets (org_id, created_at desc, id desc) where priority = 'medium';
create index tickets_high on tickets (org_id, created_at desc, id desc) where priority = 'high';
create index tickets_urgent on tickets (org_id, created_at desc, id desc) where priority = 'urgent';
create index tickets_of_agent on tickets (org_id, assigned_agent_id, created_at desc, id desc);
create index tickets_of_agent_new on tickets (org_id, assigned_agent_id, created_at desc, id desc) where status = 'new';
create index tickets_of_agent_open on tickets (org_id, assigned_agent_id, created_at desc, id desc) where status = 'open';
create index tickets_of_agent_pending on tickets (org_id, assigned_agent_id, created_at desc, id desc) where status = 'pending';
create index tickets_of_agent_resolved on tickets (org_id, assigned_agent_id, created_at desc, id desc) where status = 'resolved';
create index tickets_of_agent_closed on tickets (org_id, assigned_agent_id, created_at desc, id desc) where status = 'closed';
create index tickets_of_team on tickets (org_id, assigned_team_id, created_at desc, id desc);
create index tickets_of_team_new on tickets (org_id, assigned_team_id, created_at desc, id desc) where status = 'new';
create index tickets_of_team_open on tickets (org_id, assigned_team_id, created_at desc, id desc) where status = 'open';
create index tickets_of_team_pending on tickets (org_id, assigned_team_id, created_at desc, id desc) where status = 'pending';
create index tickets_of_team_resolved on tickets (org_id, assigned_team_id, created_at desc, id desc) where status = 'resolved';
create index tickets_of_team_closed on tickets (org_id, assigned_team_id, created_at desc, id desc) where status = 'closed';
create index tickets_of_customer on tickets (org_id, customer_id, created_at desc, id desc);
create index tickets_of_contact on tickets (org_id, contact_id, created_at desc, id desc);
create index tickets_merged on tickets (org_id, merged_into_id) where merged_into_id is not null;

-- A ticket is seen by its customer, by the agent it is assigned to, by the agents in its team, and by admins. The same text in each
-- policy. A function of it would be called for every row.
alter table tickets enable row level security, force row level security;
create policy seen_select on tickets for select to ${schema}_app using (
    org_id = (select current_org_id())
    and ((select current_role_name()) in ('admin', 'service')
        or customer_id = (select current_user_id())
        or (select current_role_name()) = 'agent'
            and (assigned_agent_id = (select current_user_id()) or assigned_team_id = any ((select my_teams())::uuid[]))));
create policy seen_insert on tickets for insert to ${schema}_app with check (
    org_id = (select current_org_id())
    and ((select current_role_name()) in ('admin', 'service')
        or customer_id = (select current_user_id())
        or (select current_role_name()) = 'agent'
            and (assigned_agent_id = (select current_user_id()) or assigned_team_id = any ((select my_teams())::uuid[]))));
-- Customers change nothing, and no one hands a ticket to others by an update: assign_ticket does.
create policy staff_update on tickets for update to ${schema}_app
    using (
        org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service')
            or (select current_role_name()) = 'agent'
                and (assigned_agent_id = (select current_user_id()) or assigned_team_id = any ((select my_teams())::uuid[]))))
    with check (
        org_id = (select current_org_id())
        and ((select current_role_name()) in ('admin', 'service')
            or (select current_role_name()) = 'agent'
                and (assigned_agent_id = (select current_user_id()) or assigned_team_id = any ((select my_teams())::uuid[]))));
create policy owner on tickets to ${schema}_owner using (true) with check (true);
grant select, insert, update (title, description, status, priority, customer_id, contact_id, tags, metadata, version)
    on tickets to ${schema}_app;
--rollback drop table tickets;

--changeset crm:ticket-001-messages
-- What is said on a ticket. Never edited; a merge moves them to another ticket.
create table messages (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    ticket_id uuid not null,
    sender_id uuid,                   -- the user or access key; null where the system or an assistant speaks
    type message_type not null,
    is_internal boolean not null default false, -- customers do not see it
    content text not null,
    metadata jsonb not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint "ticketId" foreign key (org_id, ticket_id) references tickets (org_id, id) on delete cascade,
    constraint message_is_internal check (case type when 'system' then is_internal when 'customer' then not is_internal else true end),
    constraint metadata_too_large check (octet_length(metadata::text) <= 8192),
    constraint metadata_not_an_object check (jsonb_typeof(metadata) = 'object')
);
create index messages_of_ticket on messages (org_id, ticket_id, created_at, id);
create index messages_public on messages (org_id, ticket_id, created_at, id) where not is_internal;

alter table messages enable row level security, force row level security;
-- Who sees the ticket sees its messages, but customers no internal ones. Not by exists: that may be planned as a look at every ticket
-- that the caller sees.
create policy seen_select on messages for select to ${schema}_app using (
    org_id = (select current_org_id())
    and (not is_internal or (select current_role_name()) in ('admin', 'agent', 'service'))
    and (select true from tickets t where t.org_id = messages.org_id and t.id = messages.ticket_id));
-- An author is the caller: no one writes in the name of another.
create policy own_insert on messages for insert to ${schema}_app with check (
    org_id = (select current_org_id())
    and ((select current_role_name()) = 'service'
        or (select current_role_name()) in ('admin', 'agent')
            and (type = 'system' or type = 'agent' and sender_id = (select current_user_id()))
        or (select current_role_name()) = 'customer' and type = 'customer' and sender_id = (select current_user_id()))
    and (select true from tickets t where t.org_id = messages.org_id and t.id = messages.ticket_id));
create policy owner on messages to ${schema}_owner using (true) with check (true);
grant select, insert on messages to ${schema}_app;
--rollback drop table messages;
