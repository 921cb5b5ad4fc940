-- What it takes to store one delivery by itself, one round trip a transaction: no batch, no verification.
-- (No colon inside a quoted text: pgbench takes what follows for a variable.)
\set n :n + 1
\set low random(-9223372036854775807, -1152921504606846976)
\set high 1801439850948198400 + :n
\startpipeline
begin;
select set_config('app.org_id', :org, true), set_config('app.user_id', '', true), set_config('app.client_id', '', true), set_config('app.role', :role, true), set_config('app.request_id', :request, true), set_config('app.service', :service, true), set_config('app.ip', '', true), set_config('app.user_agent', '', true);
insert into bench_events (org_id, id, endpoint_id, provider, event_id, type, call_key, sent_at, body) values (:org, (to_hex(:high::bigint) || to_hex(:low::bigint))::uuid, :endpoint, '{{provider}}', to_hex(:low::bigint) || to_hex(:high::bigint) || '-call.event', 'event', to_hex(:low::bigint) || to_hex(:high::bigint) || '-call', :sent, convert_to(:body_{{provider}}, 'UTF8')) on conflict (org_id, provider, event_id) do nothing;
commit;
\endpipeline
