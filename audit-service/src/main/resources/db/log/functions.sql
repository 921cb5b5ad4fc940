--liquibase formatted sql

--changeset audit:keep-as-written splitStatements:false runOnChange:true
-- Its rollback cascades: the months that ensure_partitions has made keep a trigger of their own.
create or replace function keep_as_written() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;
--rollback drop function keep_as_written() cascade;

--changeset audit:logged-organizations splitStatements:false runOnChange:true
-- The organizations that the caller sees in the log, one index step for each: for operators who name no organization.
create or replace function logged_organizations() returns table (org_id uuid) language sql stable parallel safe as $$
    with recursive found as (
        (select l.org_id from audit_logs l order by l.org_id limit 1)
        union all
        select (select l.org_id from audit_logs l where l.org_id > f.org_id order by l.org_id limit 1)
        from found f where f.org_id is not null
    )
    select f.org_id from found f where f.org_id is not null
$$;
revoke all on function logged_organizations() from public;
grant execute on function logged_organizations() to ${schema}_app;
--rollback drop function logged_organizations();

--changeset audit:first-id splitStatements:false runOnChange:true
-- The least UUIDv7 of a moment.
create or replace function first_id(moment timestamptz) returns uuid language sql immutable parallel safe
    as 'select (lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, ''0'') || repeat(''0'', 20))::uuid';
--rollback drop function first_id(timestamptz);

--changeset audit:ensure-partitions splitStatements:false runOnChange:true
-- Makes the partitions of this month and the next three where they are missing; says how many it made. It takes nothing
-- from outside: the names that it puts into DDL are made of the clock.
create or replace function ensure_partitions() returns int
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    this_month constant timestamptz := date_trunc('month', now(), 'UTC');
    month timestamptz;
    part text;
    low uuid;
    high uuid;
    made int := 0;
begin
    perform pg_advisory_xact_lock(hashtext('${schema}.ensure_partitions'));
    for ahead in 0..3 loop
        month := (this_month at time zone 'UTC' + make_interval(months => ahead)) at time zone 'UTC';
        part := 'audit_logs_' || to_char(month at time zone 'UTC', 'YYYY_MM');
        continue when to_regclass(part) is not null;
        low := first_id(month);
        high := first_id((month at time zone 'UTC' + interval '1 month') at time zone 'UTC');
        execute format('create table %I (like audit_logs including defaults including constraints)', part);
        execute format('alter table %I enable row level security, force row level security', part);
        execute format('create policy owner on %I to ${schema}_owner using (true) with check (true)', part);
        execute format('create trigger keep_table before truncate on %I for each statement execute function keep_as_written()', part);
        -- Attaching locks the strays anyway; earlier, so that no event of this month is added in between.
        lock table audit_logs_strays in access exclusive mode;
        if exists (select from audit_logs_strays where id >= low and id < high) then
            execute format('insert into %I select * from audit_logs_strays where id >= $1 and id < $2', part) using low, high;
            alter table audit_logs_strays disable trigger keep_rows;
            delete from audit_logs_strays where id >= low and id < high;
            alter table audit_logs_strays enable trigger keep_rows;
        end if;
        execute format('alter table audit_logs attach partition %I for values from (%L) to (%L)', part, low, high);
        made := made + 1;
    end loop;
    return made;
end
$$;
revoke all on function ensure_partitions() from public;
grant execute on function ensure_partitions() to ${schema}_app;
--rollback drop function ensure_partitions();
