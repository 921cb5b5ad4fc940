--liquibase formatted sql

--changeset kit:forget-idempotency-keys splitStatements:false runOnChange:true
-- Removes at most 1,000 answers whose 24 hours are over and says how many.
create or replace function forget_idempotency_keys() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with gone as (
        delete from idempotency_keys where ctid = any (array(
            select ctid from idempotency_keys where created_at < now() - interval '24 hours'
            order by created_at limit 1000 for update skip locked))
        returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function forget_idempotency_keys() from public;
grant execute on function forget_idempotency_keys() to ${schema}_app;
--rollback drop function forget_idempotency_keys();
