-- What GET /api/contacts/{id} does in PostgreSQL, one round trip a transaction.
\set number {{number}}
\startpipeline
begin;
select set_config('app.org_id', :org{{tenant}}, true), set_config('app.user_id', :user{{tenant}}, true), set_config('app.client_id', '', true), set_config('app.role', :role, true), set_config('app.request_id', :request, true), set_config('app.service', '', true), set_config('app.ip', '127.0.0.1', true), set_config('app.user_agent', '', true);
select id, name, phone, email, service_interests, lead_score::text, lead_status::text, last_contact_at, notes, is_blocked, case when pg_column_size(metadata) > 8 then metadata end as metadata, created_at, updated_at, version, null::text[] as phones, several_phones from contacts where org_id = :org{{tenant}} and id = ('0198b5a0-0000-7000-8000-' || to_hex(:number::bigint))::uuid;
commit;
\endpipeline
