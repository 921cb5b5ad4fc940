--liquibase formatted sql

--changeset auth:access-key-002-last-used-from
-- Where a key was last used from: the next use from there, within a minute, is the same sign-in.
alter table access_keys add column last_used_ip inet, add column last_used_agent text;
grant update (last_used_ip, last_used_agent) on access_keys to auth_app;
--rollback alter table access_keys drop column last_used_ip, drop column last_used_agent;
