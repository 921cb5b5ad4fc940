-- What POST /api/auth/login does in PostgreSQL before and after the hash, the new session's rows left out.
\startpipeline
with counted as materialized (select * from begin_password_login(:email, null, :limits, :limits))
select org_id, id, return_attempt(:limits, reserved_at, true) from counted;
\endpipeline
