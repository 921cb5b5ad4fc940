-- What a superuser lays down once, before any migration: roles, schemas, extensions and their settings.
-- Safe to run again at any time; a second run repairs what has drifted and changes nothing else.
--
-- Run it in the suite's own database (`switchboard`). Passwords come from settings of the same connection:
--   select set_config('switchboard.auth_owner_password', '…', false);   -- likewise auth_app, crm_owner, … audit_app
-- A role that exists keeps its password when its setting is absent; a new role without one is an error.

begin;

do $refuse$
begin
    -- Two bootstraps at once would trip over each other's catalog rows.
    perform pg_advisory_xact_lock(hashtext('switchboard bootstrap'));
    if current_setting('server_version_num')::int < 150000 then
        raise exception 'Switchboard needs PostgreSQL 15 or newer, this server is %', current_setting('server_version');
    end if;
    if current_setting('server_encoding') <> 'UTF8' then
        raise exception 'Switchboard needs a database in UTF8, % is in %',
            current_database(), current_setting('server_encoding');
    end if;
end
$refuse$;

do $roles$
declare
    role_name text;
    password text;
begin
    foreach role_name in array array[
        'auth_owner', 'auth_app', 'crm_owner', 'crm_app', 'voice_owner', 'voice_app', 'audit_owner', 'audit_app']
    loop
        password := nullif(current_setting('switchboard.' || role_name || '_password', true), '');
        if not exists (select from pg_roles where rolname = role_name) then
            if password is null then
                raise exception 'no password for the new role %', role_name
                    using hint = format('Set switchboard.%s_password on this connection first.', role_name);
            end if;
            execute format('create role %I', role_name);
        end if;
        execute format(
            'alter role %I login nosuperuser nocreatedb nocreaterole noreplication nobypassrls noinherit', role_name);
        if password is not null then
            execute format('alter role %I password %L', role_name, password);
            perform set_config('switchboard.' || role_name || '_password', '', false);
        end if;
    end loop;
end
$roles$;

do $database$
begin
    execute format('revoke all on database %I from public', current_database());
    execute format(
        'grant connect on database %I to auth_owner, auth_app, crm_owner, crm_app, '
        'voice_owner, voice_app, audit_owner, audit_app', current_database());
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

do $schemas$
declare
    service text;
    role_name text;
begin
    foreach service in array array['auth', 'crm', 'voice', 'audit'] loop
        if to_regnamespace(service) is null then
            execute format('create schema %I', service);
        end if;
        execute format('alter schema %I owner to %I', service, service || '_owner');
        execute format('revoke all on schema %I from public', service);
        execute format('grant usage on schema %I to %I', service, service || '_app');
        foreach role_name in array array[service || '_owner', service || '_app'] loop
            execute format(
                'alter role %I in database %I set search_path = %I, ext', role_name, current_database(), service);
            execute format('alter role %I in database %I set timezone = ''UTC''', role_name, current_database());
        end loop;
        role_name := service || '_app';
        execute format('alter role %I in database %I set statement_timeout = ''5s''', role_name, current_database());
        execute format('alter role %I in database %I set lock_timeout = ''2s''', role_name, current_database());
        execute format(
            'alter role %I in database %I set idle_in_transaction_session_timeout = ''10s''',
            role_name, current_database());
    end loop;
end
$schemas$;

-- pgAudit works only where the server was started with it.
do $pgaudit$
declare
    role_name text;
begin
    if not exists (select from pg_available_extensions where name = 'pgaudit')
        or current_setting('shared_preload_libraries') !~ '\mpgaudit\M'
    then
        raise notice 'pgAudit is not loaded on this server: statements are not logged beyond the suite''s own audit trail';
        return;
    end if;
    create extension if not exists pgaudit schema ext;
    foreach role_name in array array[
        'auth_owner', 'auth_app', 'crm_owner', 'crm_app', 'voice_owner', 'voice_app', 'audit_owner', 'audit_app']
    loop
        execute format(
            'alter role %I in database %I set pgaudit.log = ''read, write, ddl, role''',
            role_name, current_database());
    end loop;
end
$pgaudit$;

commit;
