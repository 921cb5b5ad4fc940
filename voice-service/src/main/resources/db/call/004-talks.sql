--liquibase formatted sql

--changeset voice:call-004-talks
-- What is said in a call that is not over, as its provider tells it again and again. It becomes the transcript at the end.
create table call_talks (
    org_id uuid not null,
    call_id uuid not null,
    transcript text not null,
    weight bigint not null,     -- of the event that told it; a weightier one replaces it
    primary key (org_id, call_id),
    constraint "callId" foreign key (org_id, call_id) references call_logs on delete cascade
);
create trigger refuse_org_change before update on call_talks for each row execute function refuse_org_change();

alter table call_talks enable row level security, force row level security;
-- Those of the calls that the caller sees.
create policy own_org_select on call_talks for select to ${schema}_app using (
    org_id = (select current_org_id())
    and ((select current_role_name()) = 'service' or exists (
        select from call_logs c where c.org_id = call_talks.org_id and c.id = call_talks.call_id)));
create policy own_org_insert on call_talks for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy own_org_update on call_talks for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) = 'service')
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy own_org_delete on call_talks for delete to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy owner on call_talks to ${schema}_owner using (true) with check (true);
grant select, insert, update, delete on call_talks to ${schema}_app;
--rollback drop table call_talks;

--changeset voice:call-004-fragments
-- Single utterances, each once. They make the transcript of a call for which none is told.
create table call_fragments (
    org_id uuid not null,
    call_id uuid not null,
    key text not null,          -- the same whenever the same fragment is told
    speaker text not null check (speaker in ('agent', 'contact', 'other')),
    said text not null,
    sequence int,               -- the provider's number, where it counts
    said_at timestamptz not null,
    primary key (org_id, call_id, key),
    constraint "callId" foreign key (org_id, call_id) references call_logs on delete cascade
);
create trigger refuse_org_change before update on call_fragments for each row execute function refuse_org_change();

alter table call_fragments enable row level security, force row level security;
create policy own_org_select on call_fragments for select to ${schema}_app using (
    org_id = (select current_org_id())
    and ((select current_role_name()) = 'service' or exists (
        select from call_logs c where c.org_id = call_fragments.org_id and c.id = call_fragments.call_id)));
create policy own_org_insert on call_fragments for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy owner on call_fragments to ${schema}_owner using (true) with check (true);
grant select, insert on call_fragments to ${schema}_app;
--rollback drop table call_fragments;
