-- Prepares the database before any migration: roles, schemas, extensions and their settings.
-- Safe to run again at any time: a second run repairs settings that have drifted and changes nothing else.
--
-- Run it in the suite's own database (`switchboard`) as a superuser, or, on a managed server without one, as a role with
-- CREATEROLE and INHERIT that owns the database. Without a superuser the script skips two things, each with a notice: pgAudit,
-- and revoking advisory locks and large objects from PUBLIC.
--
-- Passwords never reach the server, since its log may hold every statement. The script reads SCRAM verifiers, made by the client,
-- from settings of the same connection:
--   select set_config('switchboard.auth_owner_verifier', 'SCRAM-SHA-256$4096:…', false);  -- likewise auth_app, crm_owner, …
-- psql makes them, too: create a role first, then use `\password`, as deploy/docker/bootstrap.sh does.
-- A role that exists keeps its password when its setting is absent; a new role without one is an error.

begin;

do $refuse$
declare
    may_create_roles boolean;
    is_superuser boolean;
begin
    -- Two bootstraps at once would fail on each other's catalog rows.
    perform pg_advisory_xact_lock(hashtext('switchboard bootstrap'));
    if current_setting('server_version_num')::int < 150000 then
        raise exception 'Switchboard needs PostgreSQL 15 or newer, this server is %', current_setting('server_version');
    end if;
    if current_setting('server_encoding') <> 'UTF8' then
        raise exception 'Switchboard needs a database in UTF8, % is in %',
            current_database(), current_setting('server_encoding');
    end if;
    select rolsuper, rolcreaterole into is_superuser, may_create_roles from pg_roles where rolname = current_user;
    if not is_superuser and not (may_create_roles and pg_has_role('pg_database_owner', 'usage')) then
        raise exception '% cannot prepare the database %', current_user, current_database()
            using hint = 'Run this as a superuser, or as a role with CREATEROLE and INHERIT that owns the database.';
    end if;
end
$refuse$;

do $roles$
declare
    role_name text;
    verifier text;
    drifted text;
begin
    foreach role_name in array array[
        'auth_owner', 'auth_app', 'crm_owner', 'crm_app', 'voice_owner', 'voice_app', 'audit_owner', 'audit_app']
    loop
        verifier := nullif(current_setting('switchboard.' || role_name || '_verifier', true), '');
        if verifier not like 'SCRAM-SHA-256$%' then
            raise exception 'switchboard.%_verifier is not a SCRAM-SHA-256 verifier', role_name
                using hint = 'A password would be readable in the server''s log. Have the client make a verifier of it.';
        end if;
        if not exists (select from pg_roles where rolname = role_name) then
            if verifier is null then
                raise exception 'no password for the new role %', role_name
                    using hint = format('Set switchboard.%s_verifier on this connection first.', role_name);
            end if;
            execute format('create role %I login noinherit', role_name);
        end if;
        -- Only attributes that differ: naming one, even to remove it, may need a superuser.
        select concat_ws(' ',
            case when not rolcanlogin then 'login' end,
            case when rolsuper then 'nosuperuser' end,
            case when rolcreatedb then 'nocreatedb' end,
            case when rolcreaterole then 'nocreaterole' end,
            case when rolreplication then 'noreplication' end,
            case when rolbypassrls then 'nobypassrls' end,
            case when rolinherit then 'noinherit' end)
        into drifted from pg_roles where rolname = role_name;
        if drifted <> '' then
            execute format('alter role %I %s', role_name, drifted);
        end if;
        if verifier is not null then
            execute format('alter role %I password %L', role_name, verifier);
            perform set_config('switchboard.' || role_name || '_verifier', '', false);
        end if;
    end loop;
end
$roles$;

-- Without a superuser, a schema can be given only to a role that the current role may become. It inherits none of that role's rights.
do $become$
declare
    role_name text;
    is_16 constant boolean := current_setting('server_version_num')::int >= 160000;
begin
    foreach role_name in array array['auth_owner', 'crm_owner', 'voice_owner', 'audit_owner'] loop
        if not pg_has_role(role_name, case when is_16 then 'set' else 'member' end) then
            execute format(
                'grant %I to %I %s', role_name, current_user, case when is_16 then 'with inherit false, set true' end);
        end if;
    end loop;
end
$become$;

do $database$
begin
    execute format('revoke all on database %I from public', current_database());
    execute format(
        'grant connect on database %I to auth_owner, auth_app, crm_owner, crm_app, '
        'voice_owner, voice_app, audit_owner, audit_app', current_database());
    -- "refresh materialized view concurrently" compares the new rows with the old ones in a temporary table.
    execute format('grant temporary on database %I to crm_owner', current_database());
end
$database$;

revoke all on schema public from public;

do $ext$
begin
    if to_regnamespace('ext') is null then
        create schema ext;
    end if;
end
$ext$;
revoke all on schema ext from public;
grant usage on schema ext to
    auth_owner, auth_app, crm_owner, crm_app, voice_owner, voice_app, audit_owner, audit_app;

do $extensions$
declare
    extension_name text;
    stands_in text;
begin
    foreach extension_name in array array['pg_trgm', 'unaccent', 'btree_gin', 'btree_gist', 'pgcrypto'] loop
        stands_in := (select extnamespace::regnamespace::text from pg_extension where extname = extension_name);
        if stands_in = 'ext' then
            continue;
        elsif stands_in is not null then
            execute format('alter extension %I set schema ext', extension_name);
        elsif exists (select from pg_available_extensions where name = extension_name) then
            execute format('create extension %I schema ext', extension_name);
        elsif extension_name = 'pgcrypto' then
            raise notice 'pgcrypto is not available on this server: going on without it';
        else
            raise exception 'this server lacks the extension %', extension_name
                using hint = 'Install PostgreSQL''s contrib package.';
        end if;
    end loop;
end
$extensions$;

-- These time-outs are defaults: PostgreSQL lets every role set them for its own session.
do $schemas$
declare
    service text;
    role_name text;
begin
    foreach service in array array['auth', 'crm', 'voice', 'audit'] loop
        if to_regnamespace(service) is null then
            execute format('create schema %I', service);
        end if;
        if not exists (
            select from pg_namespace where nspname = service and nspowner = (service || '_owner')::regrole)
        then
            execute format('alter schema %I owner to %I', service, service || '_owner');
        end if;
        execute format('set local role %I', service || '_owner');
        execute format('revoke all on schema %I from public', service);
        execute format('grant usage on schema %I to %I', service, service || '_app');
        reset role;
        foreach role_name in array array[service || '_owner', service || '_app'] loop
            execute format(
                'alter role %I in database %I set search_path = %I, ext', role_name, current_database(), service);
            execute format('alter role %I in database %I set timezone = ''UTC''', role_name, current_database());
        end loop;
        -- A migration that waits for a lock makes other statements queue behind it, so it gives up and is tried again.
        execute format(
            'alter role %I in database %I set lock_timeout = ''5s''', service || '_owner', current_database());
        role_name := service || '_app';
        execute format('alter role %I in database %I set statement_timeout = ''5s''', role_name, current_database());
        execute format('alter role %I in database %I set lock_timeout = ''2s''', role_name, current_database());
        execute format(
            'alter role %I in database %I set idle_in_transaction_session_timeout = ''10s''',
            role_name, current_database());
    end loop;
end
$schemas$;

-- Advisory locks share one name space in the whole database, so a service's app role could block another service's work. Large
-- objects use disk outside of any schema. Owners, and so the listed definer functions, keep advisory locks.
-- LISTEN and NOTIFY cannot be revoked: no secret goes through a channel, and a signal only says "look".
do $reserved$
declare
    reserved regprocedure;
    is_superuser constant boolean := (select rolsuper from pg_roles where rolname = current_user);
begin
    for reserved in
        select oid::regprocedure from pg_proc
        where pronamespace = 'pg_catalog'::regnamespace
            and (proname ~ '^pg_(try_)?advisory_(xact_)?lock' or proname ~ '^lo_' or proname in ('loread', 'lowrite'))
            and has_function_privilege('public', oid, 'execute')
    loop
        if not is_superuser then
            raise notice 'advisory locks and large objects stay open to every role: only a superuser can take them away';
            exit;
        end if;
        if reserved::text like '%advisory%' then
            execute format(
                'grant execute on function %s to pg_database_owner, auth_owner, crm_owner, voice_owner, audit_owner',
                reserved);
        end if;
        execute format('revoke execute on function %s from public', reserved);
    end loop;
end
$reserved$;

-- pgAudit works only if the server was started with it. It logs changes by owners and writes by services, and reads only of the
-- tables in switchboard.audited_reads: every transaction reads, and logging all of it would be thousands of lines a second.
-- The tables exist after the migrations: run this script once more then. A write in a definer function is logged as the call.
do $pgaudit$
declare
    role_name text;
    table_name text;
    line text;
    read_list constant text := coalesce(
        nullif(current_setting('switchboard.audited_reads', true), ''),
        'auth.api_keys, auth.signing_keys, auth.user_totp, audit.audit_logs');
begin
    if not (select rolsuper from pg_roles where rolname = current_user)
        or not exists (select from pg_available_extensions where name = 'pgaudit')
        or current_setting('shared_preload_libraries') !~ '\mpgaudit\M'
    then
        raise notice 'pgAudit is not loaded on this server, or only a superuser may set it up: statements are not logged beyond the suite''s own audit trail';
        return;
    end if;
    if not exists (select from pg_extension where extname = 'pgaudit') then
        create extension pgaudit schema ext;
    end if;
    if to_regrole('switchboard_audited_reads') is null then
        create role switchboard_audited_reads nologin;
    end if;
    foreach table_name in array regexp_split_to_array(trim(read_list), '\s*,\s*') loop
        if to_regclass(table_name) is not null then
            execute format('grant select on %s to switchboard_audited_reads', to_regclass(table_name));
        end if;
    end loop;
    foreach role_name in array array[
        'auth_owner', 'auth_app', 'crm_owner', 'crm_app', 'voice_owner', 'voice_app', 'audit_owner', 'audit_app']
    loop
        foreach line in array array[
            format('pgaudit.log = %L', case when role_name like '%\_owner' then 'write, ddl, role' else 'write' end),
            'pgaudit.role = switchboard_audited_reads',
            'pgaudit.log_parameter = off', -- values are personal
            'pgaudit.log_catalog = off',
            'pgaudit.log_statement_once = on',
            'pgaudit.log_rows = on']
        loop
            execute format('alter role %I in database %I set %s', role_name, current_database(), line);
        end loop;
    end loop;
end
$pgaudit$;

commit;
