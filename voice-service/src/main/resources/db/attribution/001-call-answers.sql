--liquibase formatted sql

--changeset voice:attribution-001-type
-- Whose a call is.
create type call_attribution as (client_id uuid, assistant_id uuid, agent_id uuid, owner_id uuid);
--rollback drop type call_attribution;

--changeset voice:attribution-001-call-answers
-- Whom a provider was told to let answer a call, by its id of the call. It says whose the call is before anything else does.
create table call_answers (
    org_id uuid not null,
    provider text not null,
    call_key text not null,             -- the provider's id of the call
    client_id uuid,
    assistant_id uuid,
    agent_id uuid,
    owner_id uuid,
    answered_at timestamptz not null default now(),
    primary key (org_id, provider, call_key)
);
create index call_answers_age on call_answers (answered_at);

alter table call_answers enable row level security, force row level security;
create policy own_org_select on call_answers for select to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy own_org_insert on call_answers for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy owner on call_answers to ${schema}_owner using (true) with check (true);
grant select, insert on call_answers to ${schema}_app;
--rollback drop table call_answers;
