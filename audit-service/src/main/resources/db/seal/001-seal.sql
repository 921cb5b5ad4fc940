--liquibase formatted sql

--changeset audit:seal-001-trees
-- An organization's Merkle tree (RFC 6962); its leaves are the organization's records in the order of their numbers.
create table trees (
    org_id uuid primary key,
    size bigint not null check (size > 0),
    frontier bytea not null check (octet_length(frontier) between 32 and 64 * 32), -- roots of the perfect subtrees, largest first
    last_no bigint not null,                 -- of its last leaf
    checkpoint text,                         -- the newest one that was published, as a signed note
    exported_size bigint not null default 0, -- leaves that the journal outside the database has
    sealed_at timestamptz not null,
    check (exported_size between 0 and size)
) with (fillfactor = 50); -- changed at each round: in place, as no index has what changes
alter table trees enable row level security, force row level security;
create policy own_org_select on trees for select to ${schema}_app
    using (case when (select current_role_name()) = 'platform_admin' then true else org_id = (select current_org_id()) end);
create policy owner on trees to ${schema}_owner using (true) with check (true);
grant select on trees to ${schema}_app;
create trigger keep_growing before update on trees for each row
    when (new.org_id <> old.org_id or new.size < old.size or new.last_no < old.last_no or new.exported_size < old.exported_size)
    execute function keep_as_written();
create trigger keep_rows before delete on trees for each row execute function keep_as_written();
create trigger keep_table before truncate on trees for each statement execute function keep_as_written();
--rollback drop table trees;

--changeset audit:seal-001-blocks
-- What one round added to a tree: 80 bytes a record.
create table blocks (
    org_id uuid not null,
    first bigint not null check (first >= 0), -- sequence of its first record
    count int not null check (count between 1 and 5000),
    last_no bigint not null,                  -- number of its last record
    ids uuid[] not null check (cardinality(ids) = count),
    leaves bytea not null check (octet_length(leaves) = 32 * count), -- leaf hashes
    salts bytea not null check (octet_length(salts) = 32 * count),   -- of each record: 16 bytes for its data, 16 for its origin
    sealed_at timestamptz not null,
    primary key (org_id, first),
    unique (org_id, last_no)
);
-- Random bytes: nothing to compress, and parts can be read alone.
alter table blocks alter ids set storage external, alter leaves set storage external, alter salts set storage external;
alter table blocks enable row level security, force row level security;
create policy own_org_select on blocks for select to ${schema}_app
    using (case when (select current_role_name()) = 'platform_admin' then true else org_id = (select current_org_id()) end);
create policy owner on blocks to ${schema}_owner using (true) with check (true);
grant select on blocks to ${schema}_app;
create trigger keep_rows before update or delete on blocks for each row execute function keep_as_written();
create trigger keep_table before truncate on blocks for each statement execute function keep_as_written();
--rollback drop table blocks;

--changeset audit:seal-001-tiles
-- Full tiles above the leaves (C2SP tlog-tiles): 256 hashes of tree level 8 * level each.
create table tiles (
    org_id uuid not null,
    level int not null check (level between 1 and 7),
    index bigint not null check (index >= 0),
    hashes bytea not null check (octet_length(hashes) = 256 * 32),
    primary key (org_id, level, index)
);
alter table tiles alter hashes set storage external;
alter table tiles enable row level security, force row level security;
create policy own_org_select on tiles for select to ${schema}_app
    using (case when (select current_role_name()) = 'platform_admin' then true else org_id = (select current_org_id()) end);
create policy owner on tiles to ${schema}_owner using (true) with check (true);
grant select on tiles to ${schema}_app;
create trigger keep_rows before update or delete on tiles for each row execute function keep_as_written();
create trigger keep_table before truncate on tiles for each statement execute function keep_as_written();
--rollback drop table tiles;

--changeset audit:seal-001-erased-parts
-- The hashes of values that were erased, so that the leaf can still be made.
create table erased_parts (
    org_id uuid not null,
    sequence bigint not null check (sequence >= 0),
    data bytea check (octet_length(data) = 32),
    origin bytea check (octet_length(origin) = 32),
    erased_at timestamptz not null,
    primary key (org_id, sequence)
);
alter table erased_parts enable row level security, force row level security;
create policy own_org_select on erased_parts for select to ${schema}_app
    using (case when (select current_role_name()) = 'platform_admin' then true else org_id = (select current_org_id()) end);
create policy owner on erased_parts to ${schema}_owner using (true) with check (true);
grant select on erased_parts to ${schema}_app;
create trigger keep_rows before update or delete on erased_parts for each row execute function keep_as_written();
create trigger keep_table before truncate on erased_parts for each statement execute function keep_as_written();
--rollback drop table erased_parts;

--changeset audit:seal-001-cursor
-- Up to which number all records are sealed. One row.
create table seal_cursor (
    id int primary key default 1 check (id = 1),
    up_to_no bigint not null
);
insert into seal_cursor (up_to_no) values (0);
grant select on seal_cursor to ${schema}_app;
create trigger keep_growing before update on seal_cursor for each row when (new.up_to_no < old.up_to_no)
    execute function keep_as_written();
create trigger keep_rows before delete on seal_cursor for each row execute function keep_as_written();
create trigger keep_table before truncate on seal_cursor for each statement execute function keep_as_written();
--rollback drop table seal_cursor;
