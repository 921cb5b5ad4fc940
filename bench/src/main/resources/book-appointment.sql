-- What crm-service does in PostgreSQL for one booking by a tool, statement by statement, as each needs the one before.
-- (No colon inside a quoted text; pgbench takes what follows for a variable.)
\set n {{suffix}}
\set key random(1, 9000000000000000000)
\startpipeline
begin;
select set_config('app.org_id', :org{{tenant}}, true), set_config('app.user_id', '', true), set_config('app.client_id', '', true), set_config('app.role', :role, true), set_config('app.request_id', :request, true), set_config('app.service', 'voice-service', true), set_config('app.ip', '127.0.0.1', true), set_config('app.user_agent', '', true);
\endpipeline
insert into idempotency_keys (org_id, principal, operation, key, fingerprint) values (:org{{tenant}}::uuid, 'voice-service', 'POST /internal/tools/book_appointment', :key::text, sha256(convert_to(:key::text, 'UTF8'))) on conflict (org_id, principal, operation, key) do update set fingerprint = excluded.fingerprint, answer = null, created_at = now() where idempotency_keys.created_at < now() - interval '24 hours';
select to_timestamp({{first}}) + nextval('bench_times') * interval '{{minutes}} minutes' as time \gset
select local_time(:time::text) as heard;
select {{columns}} from contacts where org_id = :org{{tenant}}::uuid and id = (select p.contact_id from contact_phones p where p.org_id = :org{{tenant}}::uuid and p.phone = ('+1555' || lpad(:n, 7, '0'))) \gset contact_
select book_free_person(:contact_id::uuid, 'Check-up', :time::timestamptz, {{minutes}}, null) as id \gset
select a.id, a.contact_id, a.service_type, a.scheduled_at, a.duration_minutes, a.status::text, m.name as assignee_name, local_text(a.scheduled_at) as spoken from appointments a left join members m on m.org_id = a.org_id and m.id = a.assignee_id where a.org_id = current_org_id() and a.deleted_at is null and a.id = :id::uuid;
update idempotency_keys set answer = convert_to(repeat('x', 500), 'UTF8'), subject = :contact_id::uuid where org_id = :org{{tenant}}::uuid and principal = 'voice-service' and operation = 'POST /internal/tools/book_appointment' and key = :key::text;
commit;
