-- What one statement of crm-service does in PostgreSQL, one round trip a transaction.
{{lines}}
\startpipeline
begin;
select set_config('app.org_id', :org{{tenant}}, true), set_config('app.user_id', :user{{tenant}}, true), set_config('app.client_id', '', true), set_config('app.role', :role, true), set_config('app.request_id', :request, true), set_config('app.service', '', true), set_config('app.ip', '127.0.0.1', true), set_config('app.user_agent', '', true){{settings}};
{{statement}}
commit;
\endpipeline
