--liquibase formatted sql

--changeset audit:seal-horizon splitStatements:false runOnChange:true
-- The number up to which no record can still appear: the newest that was drawn, as soon as all transactions that were recording
-- then have ended. It waits for those alone and lets others begin, as an exclusive lock would not. Numbers are drawn under the
-- lock and without a cache, so who drew one below it is seen here. Fails after 2 s.
create or replace function seal_horizon() returns bigint
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    deadline constant timestamptz := clock_timestamp() + interval '2 s';
    newest bigint;
    recording text[];
begin
    select case when is_called then last_value else 0 end into newest from record_no;
    select array_agg(l.virtualtransaction) into recording from pg_locks l
    where l.locktype = 'advisory' and l.database = (select oid from pg_database where datname = current_database())
        and l.classid = 0 and l.objid = recording_lock()::oid and l.objsubid = 1 and l.granted;
    while exists (
        select from pg_locks l
        where l.locktype = 'advisory' and l.database = (select oid from pg_database where datname = current_database())
            and l.classid = 0 and l.objid = recording_lock()::oid and l.objsubid = 1 and l.virtualtransaction = any (recording))
    loop
        if clock_timestamp() > deadline then
            raise exception 'A transaction has been recording for more than 2 s' using errcode = 'lock_not_available';
        end if;
        perform pg_sleep(0.005);
    end loop;
    return newest;
end
$$;
revoke all on function seal_horizon() from public;
grant execute on function seal_horizon() to ${schema}_app;
--rollback drop function seal_horizon();

--changeset audit:unsealed-records splitStatements:false runOnChange:true
-- The next records to be sealed, in their order: at most 5,000, and no more after 4 MiB of data and agents. jsonb as PostgreSQL prints it.
create or replace function unsealed_records(after_no bigint, up_to bigint) returns table (
    no bigint, org_id uuid, id uuid, occurred_at timestamptz, recorded_at timestamptz, actor_id text, actor_type text, action text,
    resource_type text, resource_id text, service text, old_data text, new_data text, ip_address text, user_agent text,
    request_id text, outcome text)
    language plpgsql stable security definer set search_path = ${schema}, pg_temp as $$
declare
    bytes bigint := 0;
begin
    for no, org_id, id, occurred_at, recorded_at, actor_id, actor_type, action, resource_type, resource_id, service, old_data,
        new_data, ip_address, user_agent, request_id, outcome
    in
        select l.no, l.org_id, l.id, l.occurred_at, l.recorded_at, l.actor_id, l.actor_type, l.action, l.resource_type,
            l.resource_id, l.service, l.old_data::text, l.new_data::text, l.ip_address, l.user_agent, l.request_id, l.outcome
        from audit_logs l where l.no > after_no and l.no <= up_to order by l.no limit 5000
    loop
        return next;
        bytes := bytes + coalesce(octet_length(old_data), 0) + coalesce(octet_length(new_data), 0) + coalesce(octet_length(user_agent), 0);
        exit when bytes >= 4 * 1024 * 1024;
    end loop;
end
$$;
revoke all on function unsealed_records(bigint, bigint) from public;
grant execute on function unsealed_records(bigint, bigint) to ${schema}_app;
--rollback drop function unsealed_records(bigint, bigint);

--changeset audit:unsealed-since splitStatements:false runOnChange:true
-- When the oldest record was recorded that is not sealed yet; null if all are.
create or replace function unsealed_since() returns timestamptz
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
    select l.recorded_at from audit_logs l where l.no > (select c.up_to_no from seal_cursor c) order by l.no limit 1
$$;
revoke all on function unsealed_since() from public;
grant execute on function unsealed_since() to ${schema}_app;
--rollback drop function unsealed_since();

--changeset audit:growing-trees splitStatements:false runOnChange:true
-- The trees of these organizations, as the sealer continues them; none for one without a sealed record.
create or replace function growing_trees(org_ids uuid[]) returns table (org_id uuid, size bigint, frontier bytea)
    language sql stable security definer set search_path = ${schema}, pg_temp as
    'select t.org_id, t.size, t.frontier from trees t where t.org_id = any (org_ids)';
revoke all on function growing_trees(uuid[]) from public;
grant execute on function growing_trees(uuid[]) to ${schema}_app;
--rollback drop function growing_trees(uuid[]);

--changeset audit:tile-sources splitStatements:false runOnChange:true
-- What a full tile is made of, in order: for level 1 the blocks with leaves of its range, above it the tiles below it. With the
-- place of the first hash among those of its level.
create or replace function tile_sources(org uuid, tile_level int, tile bigint) returns table (first bigint, hashes bytea)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
    (select b.first, b.leaves from blocks b
    where tile_level = 1 and b.org_id = org and b.first < (tile + 1) * 65536 and b.first >= coalesce(
        (select s.first from blocks s where s.org_id = org and s.first <= tile * 65536 order by s.first desc limit 1), 0)
    order by b.first)
    union all
    (select t.index * 256, t.hashes from tiles t
    where tile_level > 1 and t.org_id = org and t.level = tile_level - 1 and t.index >= tile * 256 and t.index < (tile + 1) * 256
    order by t.index)
$$;
revoke all on function tile_sources(uuid, int, bigint) from public;
grant execute on function tile_sources(uuid, int, bigint) to ${schema}_app;
--rollback drop function tile_sources(uuid, int, bigint);

--changeset audit:seal splitStatements:false runOnChange:true
-- Adds what a round has sealed: blocks and full tiles, trees and cursor. Nothing of it if another has sealed meanwhile: the cursor
-- must stand at after_no, and each tree end where its block begins. Fails then with serialization_failure.
create or replace function seal(
    after_no bigint, up_to bigint, org_ids uuid[], firsts bigint[], counts int[], last_nos bigint[], ids uuid[],
    leaves bytea[], salts bytea[], frontiers bytea[],
    tile_orgs uuid[], tile_levels int[], tile_indexes bigint[], tile_hashes bytea[]) returns void
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    moved int;
begin
    update seal_cursor set up_to_no = up_to where up_to_no = after_no and up_to > after_no;
    if not found then
        raise exception 'Records after % were sealed meanwhile', after_no using errcode = 'serialization_failure';
    end if;
    if exists (
        select from unnest(org_ids, firsts) as b (org_id, first) left join trees t using (org_id)
        where b.first <> coalesce(t.size, 0))
    then
        raise exception 'A tree does not end where its block begins' using errcode = 'serialization_failure';
    end if;
    insert into trees as t (org_id, size, frontier, last_no, sealed_at)
    select b.org_id, b.first + b.count, b.frontier, b.last_no, now()
    from unnest(org_ids, firsts, counts, last_nos, frontiers) as b (org_id, first, count, last_no, frontier)
    order by b.org_id
    on conflict (org_id) do update
        set size = excluded.size, frontier = excluded.frontier, last_no = excluded.last_no, sealed_at = excluded.sealed_at;
    insert into blocks (org_id, first, count, last_no, ids, leaves, salts, sealed_at)
    select b.org_id, b.first, b.count, b.last_no, ids[b.place - b.count + 1 : b.place], b.leaves, b.salts, now()
    from (
        select u.*, (sum(u.count) over (order by u.nth))::int as place
        from unnest(org_ids, firsts, counts, last_nos, leaves, salts)
            with ordinality as u (org_id, first, count, last_no, leaves, salts, nth)
    ) b;
    insert into tiles (org_id, level, index, hashes)
    select * from unnest(tile_orgs, tile_levels, tile_indexes, tile_hashes);
end
$$;
revoke all on function seal(
    bigint, bigint, uuid[], bigint[], int[], bigint[], uuid[], bytea[], bytea[], bytea[], uuid[], int[], bigint[], bytea[]) from public;
grant execute on function seal(
    bigint, bigint, uuid[], bigint[], int[], bigint[], uuid[], bytea[], bytea[], bytea[], uuid[], int[], bigint[], bytea[]) to ${schema}_app;
--rollback drop function seal(bigint, bigint, uuid[], bigint[], int[], bigint[], uuid[], bytea[], bytea[], bytea[], uuid[], int[], bigint[], bytea[]);

--changeset audit:sequences-of splitStatements:false runOnChange:true
-- The sequences of records of the log, each the place in the block that names it; null until it is sealed. A page's records lie in
-- few blocks, and each of those is read once.
create or replace function sequences_of(org_ids uuid[], nos bigint[], ids uuid[]) returns bigint[]
    language plpgsql stable parallel safe as $$
declare
    sequences bigint[] := array_fill(null::bigint, array[cardinality(ids)]);
    record record;
    block_org uuid;
    block_first bigint;
    block_last_no bigint;
    block_ids uuid[];
begin
    for record in
        select r.* from unnest(org_ids, nos, ids) with ordinality as r (org_id, no, id, place) order by r.org_id, r.no
    loop
        if block_org is distinct from record.org_id or record.no > block_last_no then
            select b.first, b.last_no, b.ids into block_first, block_last_no, block_ids
            from blocks b where b.org_id = record.org_id and b.last_no >= record.no order by b.last_no limit 1;
            block_org := record.org_id;
        end if;
        sequences[record.place] := block_first + array_position(block_ids, record.id) - 1; -- without a block: null
    end loop;
    return sequences;
end
$$;
--rollback drop function sequences_of(uuid[], bigint[], uuid[]);
