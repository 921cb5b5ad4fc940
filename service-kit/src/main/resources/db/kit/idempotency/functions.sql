--liquibase formatted sql

--changeset kit:forget-idempotency-keys splitStatements:false runOnChange:true
create or replace function forget_idempotency_keys() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with gone as (delete from idempotency_keys where created_at < now() - interval '24 hours' returning 1)
    select count(*)::int from gone
$$;
revoke all on function forget_idempotency_keys() from public;
grant execute on function forget_idempotency_keys() to ${schema}_app;
--rollback drop function forget_idempotency_keys();
