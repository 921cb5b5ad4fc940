--liquibase formatted sql

--changeset audit:lease-publishing splitStatements:false runOnChange:true
-- For a minute. 'kept' if it was held already, 'taken' if it was free, else null. A lease of more than a minute is of a clock
-- that was set back since, and counts as free.
create or replace function lease_publishing(replica uuid) returns text
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    held constant boolean := exists (select from publishing p where p.holder = replica and p.lease_until > clock_timestamp());
begin
    update publishing p set holder = replica, lease_until = clock_timestamp() + interval '1 minute'
    where p.holder = replica or p.lease_until not between clock_timestamp() and clock_timestamp() + interval '1 minute';
    return case when not found then null when held then 'kept' else 'taken' end;
end
$$;
revoke all on function lease_publishing(uuid) from public;
grant execute on function lease_publishing(uuid) to ${schema}_app;
--rollback drop function lease_publishing(uuid);

--changeset audit:release-publishing splitStatements:false runOnChange:true
create or replace function release_publishing(replica uuid) returns void
    language sql security definer set search_path = ${schema}, pg_temp as $$
    update publishing p set lease_until = '-infinity' where p.holder = replica
$$;
revoke all on function release_publishing(uuid) from public;
grant execute on function release_publishing(uuid) to ${schema}_app;
--rollback drop function release_publishing(uuid);

--changeset audit:journal-backlog splitStatements:false runOnChange:true
-- How many records the tree with the most has that are not in the journal, and up to which number all are sealed. The trees are
-- looked through only when that has come to ask_at, since it cannot be more than what was sealed.
create or replace function journal_backlog(ask_at bigint, out up_to_no bigint, out most bigint)
    language plpgsql stable security definer set search_path = ${schema}, pg_temp as $$
begin
    select c.up_to_no into up_to_no from seal_cursor c;
    if up_to_no >= ask_at then
        select coalesce(max(t.size - t.exported_size), 0) into most from trees t;
    end if;
end
$$;
revoke all on function journal_backlog(bigint) from public;
grant execute on function journal_backlog(bigint) to ${schema}_app;
--rollback drop function journal_backlog(bigint);

--changeset audit:journal-blocks splitStatements:false runOnChange:true
-- Blocks that are not in the journal, with their trees: of at most 1,000 trees, those with the least first, so that a large backlog
-- holds up none; no more than 20,000 leaves and a block.
create or replace function journal_blocks(except_orgs uuid[]) returns table (
    org_id uuid, size bigint, frontier bytea, exported_size bigint, exported_frontier bytea, first bigint, ids uuid[], leaves bytea)
    language plpgsql stable security definer set search_path = ${schema}, pg_temp as $$
declare
    room int := 20000;
begin
    for org_id, size, frontier, exported_size, exported_frontier in
        select t.org_id, t.size, t.frontier, t.exported_size, t.exported_frontier from trees t
        where t.size > t.exported_size and t.org_id <> all (except_orgs)
        order by t.size - t.exported_size, t.org_id
        limit 1000
    loop
        first := null;
        for first, ids, leaves in
            select b.first, b.ids, b.leaves from blocks b
            where b.org_id = journal_blocks.org_id and b.first >= journal_blocks.exported_size
            order by b.first
        loop
            room := room - coalesce(cardinality(ids), 0);
            return next;
            exit when room <= 0;
        end loop;
        if first is null then -- a tree without its block: who asks will say so
            return next;
        end if;
        exit when room <= 0;
    end loop;
end
$$;
revoke all on function journal_blocks(uuid[]) from public;
grant execute on function journal_blocks(uuid[]) to ${schema}_app;
--rollback drop function journal_blocks(uuid[]);

--changeset audit:mark-published splitStatements:false runOnChange:true
-- Notes what the journal has, of each tree only if that goes on from what it had. Answers how many trees went on.
create or replace function mark_published(orgs uuid[], befores bigint[], sizes bigint[], frontiers bytea[], checkpoints text[]) returns int
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    marked int;
begin
    if cardinality(orgs) > 1000 then
        raise exception 'At most 1,000 trees at once' using errcode = 'program_limit_exceeded';
    end if;
    perform from trees t where t.org_id = any (orgs) order by t.org_id for update; -- in one order, so that two never wait for each other
    update trees t set exported_size = m.size, exported_frontier = m.frontier, checkpoint = m.checkpoint
    from unnest(orgs, befores, sizes, frontiers, checkpoints) as m (org_id, before, size, frontier, checkpoint)
    where t.org_id = m.org_id and t.exported_size = m.before and m.size > m.before and m.size <= t.size;
    get diagnostics marked = row_count;
    return marked;
end
$$;
revoke all on function mark_published(uuid[], bigint[], bigint[], bytea[], text[]) from public;
grant execute on function mark_published(uuid[], bigint[], bigint[], bytea[], text[]) to ${schema}_app;
--rollback drop function mark_published(uuid[], bigint[], bigint[], bytea[], text[]);
