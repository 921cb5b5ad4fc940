--liquibase formatted sql

--changeset audit:checkpoint-001-exported-frontier
-- What the next journalled leaves are added to, so that each line of the journal has a checkpoint of just its leaves.
alter table trees add exported_frontier bytea not null default '' check (octet_length(exported_frontier) <= 64 * 32);
--rollback alter table trees drop exported_frontier;

--changeset audit:checkpoint-001-publishing
-- Which replica publishes, and how long it may take. One row.
create table publishing (
    id int primary key default 1 check (id = 1),
    holder uuid,
    lease_until timestamptz not null default '-infinity'
);
insert into publishing default values;
--rollback drop table publishing;
