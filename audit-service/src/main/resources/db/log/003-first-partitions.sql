--liquibase formatted sql

--changeset audit:log-003-first-partitions
select ensure_partitions();
--rollback select 1;
