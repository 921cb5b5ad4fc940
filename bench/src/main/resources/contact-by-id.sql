-- What GET /api/contacts/{id} does in PostgreSQL, one round trip a transaction.
\set number {{number}}
\startpipeline
begin;
select set_config('app.org_id', :org{{tenant}}, true), set_config('app.user_id', :user{{tenant}}, true), set_config('app.client_id', '', true), set_config('app.role', :role, true), set_config('app.request_id', :request, true);
select {{columns}}, null::text[] as phones, several_phones from contacts where org_id = :org{{tenant}} and id = ('0198b5a0-0000-7000-8000-' || to_hex(:number::bigint))::uuid;
commit;
\endpipeline
