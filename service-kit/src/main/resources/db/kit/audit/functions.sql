--liquibase formatted sql

--changeset kit:audit-event splitStatements:false runOnChange:true
-- The only place that makes audit events: adds to a fact who did it, for whom, from where and when, by this database's clock.
-- A fact has action and resourceType; its other fields replace the defaults.
create or replace function audit_event(event_id uuid, org uuid, fact jsonb) returns jsonb language plpgsql as $$
declare
    client constant text := nullif(current_setting('app.client_id', true), '');
    person constant text := coalesce(nullif(current_setting('app.user_id', true), ''), client);
begin
    return jsonb_build_object(
        'occurredAt', to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'actorId', coalesce(person, nullif(current_setting('app.service', true), '')),
        'actorType', case
            when client is not null then 'client'
            when person is not null then 'user'
            when current_setting('app.role', true) = 'service' then 'service'
            else 'system' end,
        'resourceId', null,
        'service', '${service}',
        'oldData', null,
        'newData', null,
        'ipAddress', nullif(current_setting('app.ip', true), ''),
        'userAgent', nullif(current_setting('app.user_agent', true), ''),
        'requestId', nullif(current_setting('app.request_id', true), ''),
        'outcome', 'success') || fact || jsonb_build_object('id', event_id, 'orgId', org);
end
$$;
--rollback drop function audit_event(uuid, uuid, jsonb);
