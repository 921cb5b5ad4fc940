--liquibase formatted sql

--changeset auth:client-013-authenticate-pin splitStatements:false rollbackSplitStatements:false
-- Counts the attempt, then says whose PIN it may be; the PIN itself is checked within that tenant.
drop function authenticate_pin(bytea[], text, jsonb);
create function authenticate_pin(keys bytea[], slug text, limits jsonb,
        out reserved_at timestamptz, out refused attempt_scope, out retry_after int, out closed jsonb, out org_id uuid, out id uuid)
    language plpgsql security definer set search_path = auth, pg_temp as $$
begin
    select r.reserved_at, r.refused, r.retry_after, r.closed into reserved_at, refused, retry_after, closed
        from reserve_attempt(limits) r;
    if refused is null then
        -- Whose sign-in it closes; a wrong PIN tells nothing of that.
        select jsonb_agg(c.value || case when c.value ->> 'scope' = 'organization'
            then jsonb_build_object('orgId', (select s.org_id from directory_slugs s where s.key = slug)) else '{}' end)
            into closed from jsonb_array_elements(closed) c;
        select d.org_id, d.id into org_id, id from directory_pins d
        where d.key = any (keys)
            and (slug is null or d.org_id = (select s.org_id from directory_slugs s where s.key = slug));
    end if;
end
$$;
revoke all on function authenticate_pin(bytea[], text, jsonb) from public;
grant execute on function authenticate_pin(bytea[], text, jsonb) to auth_app;
--rollback drop function authenticate_pin(bytea[], text, jsonb);
--rollback create function authenticate_pin(keys bytea[], slug text, limits jsonb,
--rollback         out reserved_at timestamptz, out refused attempt_scope, out retry_after int, out org_id uuid, out id uuid)
--rollback     language plpgsql security definer set search_path = auth, pg_temp as $$
--rollback begin
--rollback     select r.reserved_at, r.refused, r.retry_after into reserved_at, refused, retry_after from reserve_attempt(limits) r;
--rollback     if refused is null then
--rollback         select d.org_id, d.id into org_id, id from directory_pins d
--rollback         where d.key = any (keys)
--rollback             and (slug is null or d.org_id = (select s.org_id from directory_slugs s where s.key = slug));
--rollback     end if;
--rollback end
--rollback $$;
--rollback revoke all on function authenticate_pin(bytea[], text, jsonb) from public;
--rollback grant execute on function authenticate_pin(bytea[], text, jsonb) to auth_app;
