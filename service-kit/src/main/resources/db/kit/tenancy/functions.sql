--liquibase formatted sql

--changeset kit:current-org-id splitStatements:false runOnChange:true
-- Stable, so that a policy's (select current_org_id()) is one init plan a query. No tenant named: null, hence no rows.
create or replace function current_org_id() returns uuid language sql stable parallel safe
    as 'select nullif(current_setting(''app.org_id'', true), '''')::uuid';
--rollback drop function current_org_id();

--changeset kit:current-user-id splitStatements:false runOnChange:true
create or replace function current_user_id() returns uuid language sql stable parallel safe
    as 'select nullif(current_setting(''app.user_id'', true), '''')::uuid';
--rollback drop function current_user_id();

--changeset kit:current-client-id splitStatements:false runOnChange:true
create or replace function current_client_id() returns uuid language sql stable parallel safe
    as 'select nullif(current_setting(''app.client_id'', true), '''')::uuid';
--rollback drop function current_client_id();

--changeset kit:current-role-name splitStatements:false runOnChange:true
create or replace function current_role_name() returns text language sql stable parallel safe
    as 'select nullif(current_setting(''app.role'', true), '''')';
--rollback drop function current_role_name();

--changeset kit:uuid-v7 splitStatements:false runOnChange:true
-- RFC 9562: 48 bits of Unix milliseconds, then version 7 and random bits. PostgreSQL 18 brings its own.
create or replace function uuid_v7() returns uuid language sql volatile parallel safe as $$
    select encode(
        set_bit(set_bit(
            overlay(uuid_send(gen_random_uuid())
                placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
            52, 1), 53, 1),
        'hex')::uuid
$$;
--rollback drop function uuid_v7();

--changeset kit:uuid-v7-floor splitStatements:false runOnChange:true
-- The smallest id of a millisecond: what was made since then has a larger one.
create or replace function uuid_v7_floor(at timestamptz) returns uuid language sql immutable parallel safe as $$
    select encode(
        overlay('\x00000000000070008000000000000000'::bytea
            placing substring(int8send((extract(epoch from at) * 1000)::bigint) from 3) from 1 for 6),
        'hex')::uuid
$$;
--rollback drop function uuid_v7_floor(timestamptz);

--changeset kit:touch-updated-at splitStatements:false runOnChange:true
create or replace function touch_updated_at() returns trigger language plpgsql as $$
begin
    new.updated_at := now();
    return new;
end
$$;
--rollback drop function touch_updated_at();

--changeset kit:next-version splitStatements:false runOnChange:true
-- Hibernate counts versions itself; this counts those of plain SQL.
create or replace function next_version() returns trigger language plpgsql as $$
begin
    new.version := old.version + 1;
    return new;
end
$$;
--rollback drop function next_version();

--changeset kit:refuse-org-change splitStatements:false runOnChange:true
create or replace function refuse_org_change() returns trigger language plpgsql as $$
begin
    if new.org_id is distinct from old.org_id then
        raise exception 'org_id is immutable' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end
$$;
--rollback drop function refuse_org_change();

--changeset kit:try-lock-job splitStatements:false runOnChange:true
-- Whether this transaction is the only one of the schema that runs the job, from now to its end. The app role takes no advisory
-- locks itself, since they fill a table of the whole server: here there are at most 1,024, so names may rarely meet.
create or replace function try_lock_job(job text) returns boolean
    language sql security definer set search_path = ${schema}, pg_temp as $$
    select pg_try_advisory_xact_lock(hashtext('${schema}.jobs'), hashtext(job) & 1023)
$$;
revoke all on function try_lock_job(text) from public;
grant execute on function try_lock_job(text) to ${schema}_app;
--rollback drop function try_lock_job(text);
