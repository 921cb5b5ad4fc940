--liquibase formatted sql

--changeset audit:begin-check splitStatements:false runOnChange:true
-- Whether a check of the organization may begin: one runs at a time, for as many seconds at most.
create or replace function begin_check(org uuid, seconds int) returns boolean
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
begin
    insert into integrity_checks as c (org_id, running_until)
    values (org, now() + make_interval(secs => least(greatest(seconds, 1), 600)))
    on conflict (org_id) do update set running_until = excluded.running_until
        where c.running_until is null or c.running_until < now();
    return found;
end
$$;
revoke all on function begin_check(uuid, int) from public;
grant execute on function begin_check(uuid, int) to ${schema}_app;
--rollback drop function begin_check(uuid, int);

--changeset audit:end-check splitStatements:false runOnChange:true
create or replace function end_check(org uuid) returns void
    language sql security definer set search_path = ${schema}, pg_temp as
    'update integrity_checks set running_until = null where org_id = org';
revoke all on function end_check(uuid) from public;
grant execute on function end_check(uuid) to ${schema}_app;
--rollback drop function end_check(uuid);

--changeset audit:begin-full-check splitStatements:false runOnChange:true
-- An organization whose records were not all checked for as long, leased for an hour; null if there is none.
create or replace function begin_full_check(seconds int) returns uuid
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    org uuid;
begin
    select t.org_id into org from trees t left join integrity_checks c using (org_id)
    where coalesce(c.full_checked_at, '-infinity') < now() - make_interval(secs => greatest(seconds, 1))
        and coalesce(c.full_check_until, '-infinity') < now()
    order by c.full_checked_at nulls first, t.org_id limit 1;
    if org is null then
        return null;
    end if;
    insert into integrity_checks as c (org_id, full_check_until) values (org, now() + interval '1 hour')
    on conflict (org_id) do update set full_check_until = excluded.full_check_until
        where coalesce(c.full_check_until, '-infinity') < now();
    return case when found then org end;
end
$$;
revoke all on function begin_full_check(int) from public;
grant execute on function begin_full_check(int) to ${schema}_app;
--rollback drop function begin_full_check(int);

--changeset audit:end-full-check splitStatements:false runOnChange:true
-- Keeps what a check of all records found; nulls if nothing is broken. Answers when.
create or replace function end_full_check(org uuid, id uuid, sequence bigint, reason text) returns timestamptz
    language sql security definer set search_path = ${schema}, pg_temp as $$
    insert into integrity_checks as c (org_id, full_checked_at, broken_id, broken_sequence, broken_reason)
    values (org, now(), id, sequence, reason)
    on conflict (org_id) do update set full_checked_at = excluded.full_checked_at, full_check_until = null,
        broken_id = excluded.broken_id, broken_sequence = excluded.broken_sequence, broken_reason = excluded.broken_reason
    returning full_checked_at
$$;
revoke all on function end_full_check(uuid, uuid, bigint, text) from public;
grant execute on function end_full_check(uuid, uuid, bigint, text) to ${schema}_app;
--rollback drop function end_full_check(uuid, uuid, bigint, text);

--changeset audit:added-record splitStatements:false runOnChange:true
-- The first record among those that are sealed by their number, which no block names, as far as it stands in the range; and the
-- sequence of the sealed record that it stands before. Without an end of the range, all that should be sealed. It looks through
-- the blocks of the range only. All in one snapshot, as sealing goes on meanwhile. Planned for each range: it may be 1 or all.
create or replace function added_record(org uuid, from_sequence bigint, to_sequence bigint) returns table (id uuid, sequence bigint)
    language plpgsql stable security definer set search_path = ${schema}, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
    first_block constant bigint := coalesce(
        (select max(b.first) from blocks b where b.org_id = org and b.first <= from_sequence), 0);
    after_no constant bigint := coalesce(
        (select b.last_no from blocks b where b.org_id = org and b.first < first_block order by b.first desc limit 1), 0);
    up_to constant bigint := case when to_sequence is null then (select c.up_to_no from seal_cursor c) else coalesce(
        (select b.last_no from blocks b where b.org_id = org and b.first <= to_sequence order by b.first desc limit 1), 0) end;
begin
    return query
    with named as materialized (
        select unnest(b.ids) as id from blocks b
        where b.org_id = org and b.first >= first_block and b.first <= coalesce(to_sequence, b.first)
    ), added as materialized (
        select l.id, l.no from audit_logs l left join named n on n.id = l.id
        where l.org_id = org and l.no > after_no and l.no <= up_to and n.id is null
    ), placed as (
        select a.id, a.no, coalesce(
            -- after the last sealed record of its block with a lower number
            (select coalesce(
                (select b.first + array_position(b.ids, l.id) from audit_logs l
                    where l.org_id = org and l.id = any (b.ids) and l.no <= a.no order by l.no desc limit 1),
                b.first)
                from blocks b where b.org_id = org and b.last_no >= a.no order by b.last_no limit 1),
            (select t.size from trees t where t.org_id = org),
            0) as sequence
        from (select d.* from added d order by d.no, d.id) a
    )
    select p.id, p.sequence from placed p
    where p.sequence >= from_sequence and p.sequence <= coalesce(to_sequence, p.sequence)
    order by p.no, p.id limit 1;
end
$$;
revoke all on function added_record(uuid, bigint, bigint) from public;
grant execute on function added_record(uuid, bigint, bigint) to ${schema}_app;
--rollback drop function added_record(uuid, bigint, bigint);

--changeset audit:is-elsewhere splitStatements:false runOnChange:true
-- Whether another organization has a record of the id.
create or replace function is_elsewhere(org uuid, record_id uuid) returns boolean
    language sql stable security definer set search_path = ${schema}, pg_temp as
    'select exists (select from audit_logs l where l.id = record_id and l.org_id <> org)';
revoke all on function is_elsewhere(uuid, uuid) from public;
grant execute on function is_elsewhere(uuid, uuid) to ${schema}_app;
--rollback drop function is_elsewhere(uuid, uuid);
