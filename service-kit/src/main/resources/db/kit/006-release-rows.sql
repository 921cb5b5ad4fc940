--liquibase formatted sql

--changeset kit:006-release-outbox-rows splitStatements:false
-- Gives single rows of a lease back, to be tried again after 30 seconds, twice as long each time, 15 minutes at most. The
-- attempt, which claiming has counted, stays.
create function release_outbox_rows(token uuid, rows uuid[])
    returns int language sql security definer set search_path = ${schema}, pg_temp as $$
    with released as (
        update outbox o
        set lease_until = now() + make_interval(secs => least(30 * 2 ^ least(greatest(o.attempts - 1, 0), 20), 900)), lease = null
        where o.lease = token and o.id = any (rows)
        returning 1
    )
    select count(*)::int from released
$$;
revoke all on function release_outbox_rows(uuid, uuid[]) from public;
grant execute on function release_outbox_rows(uuid, uuid[]) to ${schema}_app;
--rollback drop function release_outbox_rows(uuid, uuid[]);
