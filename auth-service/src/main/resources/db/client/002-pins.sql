--liquibase formatted sql

--changeset auth:client-002-directory
-- A PIN is one client's on the whole platform. Key: HMAC of the PIN under a pepper held outside the database.
-- Deferred, because a PIN is claimed before the row of its client is there.
create table directory_pins (
    key bytea not null,
    org_id uuid not null,
    id uuid not null,
    constraint client_pin_taken primary key (key),
    foreign key (org_id, id) references clients (org_id, id) on delete cascade deferrable initially deferred
);
create unique index directory_pins_of on directory_pins (org_id, id);
alter table directory_pins enable row level security, force row level security;
create policy owner on directory_pins to auth_owner using (true) with check (true);
--rollback drop table directory_pins;

--changeset auth:client-002-keep-pin splitStatements:false
-- Gives a client the PIN that it claims: 32 bytes of its key under the newest pepper, then those under older ones, which
-- are in use until their owners get new PINs. Fails with client_pin_taken; what this tells is throttled by the caller.
create function keep_pin() returns trigger
    language plpgsql security definer set search_path = auth, pg_temp as $$
begin
    delete from directory_pins d where d.org_id = new.org_id and d.id = new.id;
    for older in 1 .. octet_length(new.pin_claim) / 32 - 1 loop
        if exists (select from directory_pins d where d.key = substring(new.pin_claim from older * 32 + 1 for 32)) then
            raise exception using errcode = 'unique_violation', constraint = 'client_pin_taken',
                message = 'duplicate key value violates unique constraint "client_pin_taken"'; -- so Hibernate finds it
        end if;
    end loop;
    insert into directory_pins (key, org_id, id) values (substring(new.pin_claim for 32), new.org_id, new.id);
    new.pin_claim := null;
    return new;
end
$$;
revoke all on function keep_pin() from public;
create trigger directory before insert or update of pin_claim on clients for each row
    when (new.pin_claim is not null) execute function keep_pin();
--rollback drop trigger directory on clients; drop function keep_pin();

--changeset auth:client-002-authenticate-pin splitStatements:false
-- Counts the attempt, then says whose PIN it may be; the PIN itself is checked within that tenant.
create function authenticate_pin(keys bytea[], slug text, limits jsonb,
        out reserved_at timestamptz, out refused attempt_scope, out retry_after int, out org_id uuid, out id uuid)
    language plpgsql security definer set search_path = auth, pg_temp as $$
begin
    select r.reserved_at, r.refused, r.retry_after into reserved_at, refused, retry_after from reserve_attempt(limits) r;
    if refused is null then
        select d.org_id, d.id into org_id, id from directory_pins d
        where d.key = any (keys)
            and (slug is null or d.org_id = (select s.org_id from directory_slugs s where s.key = slug));
    end if;
end
$$;
revoke all on function authenticate_pin(bytea[], text, jsonb) from public;
grant execute on function authenticate_pin(bytea[], text, jsonb) to auth_app;
--rollback drop function authenticate_pin(bytea[], text, jsonb);
