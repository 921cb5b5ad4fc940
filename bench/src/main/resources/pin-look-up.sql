-- What POST /api/auth/pin does in PostgreSQL before and after the hash, the new session's rows left out.
\startpipeline
with counted as materialized (select * from authenticate_pin(array[decode(:key, 'hex')], :slug, :limits))
select org_id, id, return_attempt(:limits, reserved_at, true) from counted;
\endpipeline
