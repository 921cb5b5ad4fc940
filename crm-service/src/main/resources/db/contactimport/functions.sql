--liquibase formatted sql

--changeset crm:find-contacts-by-email splitStatements:false runOnChange:true
-- The contacts with these addresses in lower case. lower() is not leakproof, so that under row security it reaches no index: this
-- runs as the owner and filters by the tenant itself.
create or replace function find_contacts_by_email(emails text[]) returns table (email text, id uuid)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
    select lower(c.email), c.id from contacts c
    where c.org_id = current_org_id() and lower(c.email) = any (emails) and c.email is not null
$$;
revoke all on function find_contacts_by_email(text[]) from public;
grant execute on function find_contacts_by_email(text[]) to ${schema}_app;
--rollback drop function find_contacts_by_email(text[]);

--changeset crm:forget-import-chunks splitStatements:false runOnChange:true
-- Removes at most 100 parts of files that came two hours ago and belong to no import that is still to be done: of clients that
-- went away, and of workers that were lost. An upload does not last that long.
create or replace function forget_import_chunks() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with gone as (
        delete from import_chunks where ctid = any (array(
            select c.ctid from import_chunks c
            where c.created_at < now() - interval '2 hours' and not exists (
                select from contact_imports i
                where i.org_id = c.org_id and i.id = c.import_id and i.status in ('queued', 'running'))
            order by c.created_at limit 100 for update skip locked))
        returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function forget_import_chunks() from public;
grant execute on function forget_import_chunks() to ${schema}_app;
--rollback drop function forget_import_chunks();

--changeset crm:forget-import-errors splitStatements:false runOnChange:true
-- Removes at most 1,000 refused rows of imports that ended 30 days ago, and says how many.
create or replace function forget_import_errors() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with gone as (
        delete from contact_import_errors where ctid = any (array(
            select e.ctid from contact_imports i join contact_import_errors e on e.org_id = i.org_id and e.import_id = i.id
            where i.finished_at < now() - interval '30 days'
            limit 1000 for update of e skip locked))
        returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function forget_import_errors() from public;
grant execute on function forget_import_errors() to ${schema}_app;
--rollback drop function forget_import_errors();

--changeset crm:forget-imports splitStatements:false runOnChange:true
-- Removes at most 1,000 imports that ended 30 days ago, once their refused rows are gone, and says how many.
create or replace function forget_imports() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with gone as (
        delete from contact_imports where ctid = any (array(
            select i.ctid from contact_imports i
            where i.finished_at < now() - interval '30 days'
                and not exists (select from contact_import_errors e where e.org_id = i.org_id and e.import_id = i.id)
                and not exists (select from contact_import_previews p where p.org_id = i.org_id and p.import_id = i.id)
            order by i.finished_at limit 1000 for update skip locked))
        returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function forget_imports() from public;
grant execute on function forget_imports() to ${schema}_app;
--rollback drop function forget_imports();

--changeset crm:forget-import-previews splitStatements:false runOnChange:true
-- Removes at most 1,000 rows of what dry runs kept that have ended, and says how many.
create or replace function forget_import_previews() returns int
    language sql security definer set search_path = ${schema}, pg_temp as $$
    with gone as (
        delete from contact_import_previews where ctid = any (array(
            select p.ctid from contact_imports i join contact_import_previews p on p.org_id = i.org_id and p.import_id = i.id
            where i.dry_run and i.finished_at is not null
            limit 1000 for update of p skip locked))
        returning 1
    )
    select count(*)::int from gone
$$;
revoke all on function forget_import_previews() from public;
grant execute on function forget_import_previews() to ${schema}_app;
--rollback drop function forget_import_previews();

--changeset crm:streamed-contact-imports splitStatements:false runOnChange:true
-- How far imports have come, of any tenants, for the streams that follow them; its key tells one state from another. Crosses tenants,
-- since one query serves all streams of a replica.
create or replace function streamed_contact_imports(orgs uuid[], imports uuid[], after uuid[], known uuid[], at_most int)
    returns table (org_id uuid, subject uuid, key uuid, status text, import_key text, dry_run boolean, total int, processed int,
        created int, updated int, failed int, ignored_columns text[], created_at timestamptz, finished_at timestamptz)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
    select s.* from (
        select i.org_id, i.id, md5(concat_ws(' ', i.status, i.total, i.processed, w.state = 'dead'))::uuid as state_key,
            case when i.status in ('queued', 'running') and w.state = 'dead' then 'failed' else i.status end,
            i.key, i.dry_run, i.total, i.processed, i.created, i.updated, i.failed, i.ignored_columns, i.created_at, i.finished_at
        from unnest(orgs, imports) as f (org_id, id)
        join contact_imports i on i.org_id = f.org_id and i.id = f.id
        left join work w on w.org_id = i.org_id and w.id = i.work_id) s
    where not s.state_key = any (known)
$$;
revoke all on function streamed_contact_imports(uuid[], uuid[], uuid[], uuid[], int) from public;
grant execute on function streamed_contact_imports(uuid[], uuid[], uuid[], uuid[], int) to ${schema}_app;
--rollback drop function streamed_contact_imports(uuid[], uuid[], uuid[], uuid[], int);
