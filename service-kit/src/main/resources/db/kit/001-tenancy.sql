--liquibase formatted sql

--changeset kit:001-current-org
-- Stable, so that a policy's (select current_org_id()) is one init plan a query. No tenant named: null, hence no rows.
create function current_org_id() returns uuid language sql stable parallel safe
    as 'select nullif(current_setting(''app.org_id'', true), '''')::uuid';
create function current_user_id() returns uuid language sql stable parallel safe
    as 'select nullif(current_setting(''app.user_id'', true), '''')::uuid';
create function current_client_id() returns uuid language sql stable parallel safe
    as 'select nullif(current_setting(''app.client_id'', true), '''')::uuid';
create function current_role_name() returns text language sql stable parallel safe
    as 'select nullif(current_setting(''app.role'', true), '''')';
--rollback drop function current_role_name();
--rollback drop function current_client_id();
--rollback drop function current_user_id();
--rollback drop function current_org_id();

--changeset kit:001-uuid-v7 splitStatements:false
-- RFC 9562: 48 bits of Unix milliseconds, then version 7 and random bits. PostgreSQL 18 brings its own.
create function uuid_v7() returns uuid language sql volatile parallel safe as $$
    select encode(
        set_bit(set_bit(
            overlay(uuid_send(gen_random_uuid())
                placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
            52, 1), 53, 1),
        'hex')::uuid
$$;
--rollback drop function uuid_v7();

--changeset kit:001-touch-updated-at splitStatements:false
create function touch_updated_at() returns trigger language plpgsql as $$
begin
    new.updated_at := now();
    return new;
end
$$;
--rollback drop function touch_updated_at();

--changeset kit:001-keep-org-id splitStatements:false
create function keep_org_id() returns trigger language plpgsql as $$
begin
    if new.org_id is distinct from old.org_id then
        raise exception 'org_id is immutable' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end
$$;
--rollback drop function keep_org_id();
