--liquibase formatted sql

--changeset kit:007-audit-change-origin splitStatements:false rollbackSplitStatements:false
-- As before, and where it came from. Where a key was last used from is told by the sign-in.
create or replace function audit_change() returns trigger language plpgsql as $$
declare
    before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
    after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
    quiet constant text[] := array['updated_at', 'version', 'last_seen_at', 'last_used_at', 'last_used_ip', 'last_used_agent',
        'lease', 'lease_until'];
    event_id constant uuid := uuid_v7();
    org constant uuid := coalesce(after, before) ->> 'org_id';
    person constant text := coalesce(nullif(current_setting('app.user_id', true), ''), nullif(current_setting('app.client_id', true), ''));
    role constant text := nullif(current_setting('app.role', true), '');
    old_data jsonb;
    new_data jsonb;
begin
    if tg_op = 'UPDATE' then
        select jsonb_object_agg(b.key, b.value), jsonb_object_agg(b.key, after -> b.key) into old_data, new_data
        from jsonb_each(before) b where b.value is distinct from after -> b.key;
        if old_data is null or not exists (select from jsonb_object_keys(old_data) k where k <> all (quiet)) then
            return null;
        end if;
    else
        old_data := before;
        new_data := after;
    end if;
    if tg_nargs > 0 then
        select jsonb_object_agg(e.key, case when e.key = any (tg_argv) and e.value <> 'null' then '"[redacted]"' else e.value end)
            into old_data from jsonb_each(old_data) e;
        select jsonb_object_agg(e.key, case when e.key = any (tg_argv) and e.value <> 'null' then '"[redacted]"' else e.value end)
            into new_data from jsonb_each(new_data) e;
    end if;
    if octet_length(old_data::text) > 8192 or octet_length(new_data::text) > 8192 then
        select jsonb_object_agg(e.key, audit_value(e.value)) into old_data from jsonb_each(old_data) e;
        select jsonb_object_agg(e.key, audit_value(e.value)) into new_data from jsonb_each(new_data) e;
    end if;
    insert into outbox (org_id, id, event) values (org, event_id, jsonb_build_object(
        'id', event_id,
        'orgId', org,
        'occurredAt', to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'actorId', coalesce(person, nullif(current_setting('app.service', true), '')),
        'actorType', case
            when nullif(current_setting('app.client_id', true), '') is not null then 'client'
            when person is not null then 'user'
            when role = 'service' then 'service'
            else 'system' end,
        'action', case tg_op when 'INSERT' then 'create' when 'UPDATE' then 'update' else 'delete' end,
        'resourceType', tg_table_name,
        'resourceId', coalesce(after, before) ->> 'id',
        'service', '${service}',
        'oldData', old_data,
        'newData', new_data,
        'ipAddress', nullif(current_setting('app.ip', true), ''),
        'userAgent', nullif(current_setting('app.user_agent', true), ''),
        'requestId', nullif(current_setting('app.request_id', true), ''),
        'outcome', 'success'));
    return null;
end
$$;
--rollback create or replace function audit_change() returns trigger language plpgsql as $$
--rollback declare
--rollback     before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
--rollback     after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
--rollback     quiet constant text[] := array['updated_at', 'version', 'last_seen_at', 'last_used_at', 'lease', 'lease_until'];
--rollback     event_id constant uuid := uuid_v7();
--rollback     org constant uuid := coalesce(after, before) ->> 'org_id';
--rollback     person constant text := coalesce(nullif(current_setting('app.user_id', true), ''), nullif(current_setting('app.client_id', true), ''));
--rollback     role constant text := nullif(current_setting('app.role', true), '');
--rollback     old_data jsonb;
--rollback     new_data jsonb;
--rollback begin
--rollback     if tg_op = 'UPDATE' then
--rollback         select jsonb_object_agg(b.key, b.value), jsonb_object_agg(b.key, after -> b.key) into old_data, new_data
--rollback         from jsonb_each(before) b where b.value is distinct from after -> b.key;
--rollback         if old_data is null or not exists (select from jsonb_object_keys(old_data) k where k <> all (quiet)) then
--rollback             return null;
--rollback         end if;
--rollback     else
--rollback         old_data := before;
--rollback         new_data := after;
--rollback     end if;
--rollback     if tg_nargs > 0 then
--rollback         select jsonb_object_agg(e.key, case when e.key = any (tg_argv) and e.value <> 'null' then '"[redacted]"' else e.value end)
--rollback             into old_data from jsonb_each(old_data) e;
--rollback         select jsonb_object_agg(e.key, case when e.key = any (tg_argv) and e.value <> 'null' then '"[redacted]"' else e.value end)
--rollback             into new_data from jsonb_each(new_data) e;
--rollback     end if;
--rollback     if octet_length(old_data::text) > 8192 or octet_length(new_data::text) > 8192 then
--rollback         select jsonb_object_agg(e.key, audit_value(e.value)) into old_data from jsonb_each(old_data) e;
--rollback         select jsonb_object_agg(e.key, audit_value(e.value)) into new_data from jsonb_each(new_data) e;
--rollback     end if;
--rollback     insert into outbox (org_id, id, event) values (org, event_id, jsonb_build_object(
--rollback         'id', event_id,
--rollback         'orgId', org,
--rollback         'occurredAt', to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
--rollback         'actorId', coalesce(person, nullif(current_setting('app.service', true), '')),
--rollback         'actorType', case
--rollback             when nullif(current_setting('app.client_id', true), '') is not null then 'client'
--rollback             when person is not null then 'user'
--rollback             when role = 'service' then 'service'
--rollback             else 'system' end,
--rollback         'action', case tg_op when 'INSERT' then 'create' when 'UPDATE' then 'update' else 'delete' end,
--rollback         'resourceType', tg_table_name,
--rollback         'resourceId', coalesce(after, before) ->> 'id',
--rollback         'service', '${service}',
--rollback         'oldData', old_data,
--rollback         'newData', new_data,
--rollback         'requestId', nullif(current_setting('app.request_id', true), ''),
--rollback         'outcome', 'success'));
--rollback     return null;
--rollback end
--rollback $$;
