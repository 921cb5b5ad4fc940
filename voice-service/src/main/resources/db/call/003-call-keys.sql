--liquibase formatted sql

--changeset voice:call-003-keys
-- Further ids that calls go by, at their provider or at another one. A call's own id is in call_logs.
create table call_keys (
    org_id uuid not null,
    provider text not null,             -- whose id it is
    key text not null,
    call_id uuid not null,
    primary key (org_id, provider, key, call_id),
    constraint "callId" foreign key (org_id, call_id) references call_logs (org_id, id) on delete cascade
);
create index call_keys_of_call on call_keys (org_id, call_id);

alter table call_keys enable row level security, force row level security;
create policy own_org_select on call_keys for select to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy own_org_insert on call_keys for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy owner on call_keys to ${schema}_owner using (true) with check (true);
grant select, insert on call_keys to ${schema}_app;
--rollback drop table call_keys;
