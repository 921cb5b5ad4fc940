-- What one statement of crm-service does in PostgreSQL, one round trip a transaction.
{{lines}}
\startpipeline
begin;
select set_config('app.org_id', :org{{tenant}}, true), set_config('app.user_id', :user{{tenant}}, true), set_config('app.client_id', '', true), set_config('app.role', :role, true), set_config('app.request_id', :request, true){{settings}};
{{statement}}
commit;
\endpipeline
