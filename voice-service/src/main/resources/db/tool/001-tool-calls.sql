--liquibase formatted sql

--changeset voice:tool-001-tool-calls
-- What assistants asked tools for during calls, and what they were answered. A row without an answer is at work, or waits to be asked
-- for again: crm-service was away.
create table tool_calls (
    org_id uuid not null,
    id uuid not null default uuid_v7(),
    provider text not null,
    call_key text not null,             -- the provider's id of the call
    call_id uuid,                       -- the call's row, where there was one at the time
    tool_call_id text not null,         -- the provider's id of it; made here where the provider gives none
    name text not null,                 -- of the tool
    arguments jsonb not null,           -- of the first delivery, on which all tries depend
    phone text,                         -- E.164, of the arguments: whom it is about
    meaning text,                       -- digest of what it is to do, while the same again would be a repeat
    first_id uuid,                      -- the tool call of the same meaning whose answer this one has
    result text,                        -- one line
    error text,                         -- one line
    milliseconds int check (milliseconds >= 0), -- of work; 0 for a repeat
    lease uuid,                         -- of who is at work
    lease_until timestamptz,
    created_at timestamptz not null default now(),
    primary key (org_id, id),
    constraint tool_call_known unique (org_id, provider, call_key, tool_call_id),
    check (result is null or error is null)
);
create unique index tool_calls_meaning on tool_calls (org_id, provider, call_key, meaning) where meaning is not null;
create index tool_calls_about on tool_calls (org_id, phone) where phone is not null;
create index tool_calls_of_call on tool_calls (org_id, call_id) where call_id is not null;

alter table tool_calls enable row level security, force row level security;
-- Those of the calls that the caller sees.
create policy own_org_select on tool_calls for select to ${schema}_app using (
    org_id = (select current_org_id())
    and ((select current_role_name()) = 'service' or exists (
        select from call_logs c where c.org_id = tool_calls.org_id
            and (c.id = tool_calls.call_id or c.provider = tool_calls.provider and c.provider_call_id = tool_calls.call_key))));
create policy own_org_insert on tool_calls for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy own_org_update on tool_calls for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) = 'service')
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy owner on tool_calls to ${schema}_owner using (true) with check (true);
grant select, insert, update on tool_calls to ${schema}_app;

create trigger refuse_org_change before update on tool_calls for each row execute function refuse_org_change();
--rollback drop table tool_calls;
