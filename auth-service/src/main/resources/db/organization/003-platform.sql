--liquibase formatted sql

--changeset auth:organization-003-platform splitStatements:false
-- The reserved organization of the operators; events that belong to no tenant are kept under it.
select set_config('app.org_id', '00000000-0000-7000-8000-000000000000', true);
insert into organizations (org_id, id, name, slug)
values ('00000000-0000-7000-8000-000000000000', '00000000-0000-7000-8000-000000000000', 'Platform', claim_slug('platform'));
--rollback delete from organizations where org_id = '00000000-0000-7000-8000-000000000000';
