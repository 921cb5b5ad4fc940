--liquibase formatted sql

--changeset voice:call-002-transcripts
-- What was said, apart from the call: a long talk is told again and again, and would rewrite the call's row and its indexes.
create table call_transcripts (
    org_id uuid not null,
    call_id uuid not null,
    transcript text not null,
    weight bigint not null,     -- of the event that told it; a weightier one replaces it
    words tsvector,             -- null until the call is over
    primary key (org_id, call_id),
    constraint "callId" foreign key (org_id, call_id) references call_logs on delete cascade
);
create index call_transcripts_words on call_transcripts using gin (org_id, words) where words is not null;
create trigger refuse_org_change before update on call_transcripts for each row execute function refuse_org_change();

alter table call_transcripts enable row level security, force row level security;
-- Those of the calls that the caller sees.
create policy own_org_select on call_transcripts for select to ${schema}_app using (
    org_id = (select current_org_id())
    and ((select current_role_name()) = 'service' or exists (
        select from call_logs c where c.org_id = call_transcripts.org_id and c.id = call_transcripts.call_id)));
create policy own_org_insert on call_transcripts for insert to ${schema}_app
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy own_org_update on call_transcripts for update to ${schema}_app
    using (org_id = (select current_org_id()) and (select current_role_name()) = 'service')
    with check (org_id = (select current_org_id()) and (select current_role_name()) = 'service');
create policy owner on call_transcripts to ${schema}_owner using (true) with check (true);
grant select, insert, update on call_transcripts to ${schema}_app;
--rollback drop table call_transcripts;
