--liquibase formatted sql

--changeset voice:statistics-suite runOnChange:true splitStatements:false
-- Over all tenants, hence as the owner: sums, and nothing of anybody's.
create or replace function suite_statistics(out calls bigint, out calls_this_month bigint)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
    select count(*), count(*) filter (where c.started_at >= date_trunc('month', now(), 'UTC')) from call_logs c where c.head_id is null
$$;
revoke all on function suite_statistics() from public;
grant execute on function suite_statistics() to ${schema}_app;
--rollback drop function suite_statistics();
