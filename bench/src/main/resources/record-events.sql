-- What the service does in PostgreSQL for a batch of audit events: the same function, with the events of :events under ids of their own.
select index, verdict from record_events((select jsonb_agg(e.value || jsonb_build_object('id', uuid_v7())) from jsonb_array_elements((:events)::jsonb) e));
