--liquibase formatted sql

--changeset crm:sync-directory-calendar-feed splitStatements:false runOnChange:true
create or replace function sync_directory_calendar_feed() returns trigger
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
begin
    insert into directory_calendar_feeds (key, org_id, id) values (new.token_hash, new.org_id, new.id);
    return null;
end
$$;
revoke all on function sync_directory_calendar_feed() from public;
create or replace trigger directory after insert on calendar_feeds for each row execute function sync_directory_calendar_feed();
--rollback drop trigger directory on calendar_feeds;
--rollback drop function sync_directory_calendar_feed();

--changeset crm:resolve-calendar-feed splitStatements:false runOnChange:true
-- The feed of a token. There is none while the organization is suspended, or while the user who made it could not list appointments.
create or replace function resolve_calendar_feed(hash bytea) returns table (org_id uuid, id uuid, assignee_id uuid)
    language sql stable security definer set search_path = ${schema}, pg_temp as $$
    select f.org_id, f.id, f.assignee_id
    from directory_calendar_feeds d join calendar_feeds f on f.org_id = d.org_id and f.id = d.id
    where d.key = hash
        and not exists (select from organization_settings s where s.org_id = d.org_id and s.id = d.org_id and not s.is_active)
        and not exists (select from members m where m.org_id = f.org_id and m.id = f.created_by
            and not (m.is_active and m.role in ('admin', 'agent')))
$$;
revoke all on function resolve_calendar_feed(bytea) from public;
grant execute on function resolve_calendar_feed(bytea) to ${schema}_app;
--rollback drop function resolve_calendar_feed(bytea);

--changeset crm:view-calendar-entries runOnChange:true
-- What calendars show of appointments, and of the contacts they are with.
create or replace view calendar_entries with (security_invoker = true) as
select a.org_id, a.id, a.assignee_id, a.service_type, a.scheduled_at, a.ends_at, a.calendar_link, a.status::text as status,
    a.sequence, a.updated_at, c.name as contact_name, c.phone as contact_phone
from appointments a join contacts c on c.org_id = a.org_id and c.id = a.contact_id
where a.deleted_at is null;
grant select on calendar_entries to ${schema}_app;
--rollback drop view calendar_entries;

--changeset crm:feed-entries splitStatements:false runOnChange:true
-- What a feed shows: at most 2,000 appointments of the last 30 and the next 365 days, those to come first where there are more.
-- What is cancelled stays for 30 days, so that calendars learn of it.
create or replace function feed_entries(of_assignee uuid) returns setof calendar_entries language sql stable as $$
    select * from (
        (select * from calendar_entries e
        where e.org_id = current_org_id() and (of_assignee is null or e.assignee_id = of_assignee)
            and e.scheduled_at >= now() and e.scheduled_at < now() + interval '365 days'
            and (e.status not in ('cancelled', 'no_show') or e.updated_at > now() - interval '30 days')
        order by e.scheduled_at, e.id limit 2000)
        union all
        (select * from calendar_entries e
        where e.org_id = current_org_id() and (of_assignee is null or e.assignee_id = of_assignee)
            and e.scheduled_at < now() and e.scheduled_at >= now() - interval '30 days'
            and (e.status not in ('cancelled', 'no_show') or e.updated_at > now() - interval '30 days')
        order by e.scheduled_at desc, e.id desc limit 2000)
    ) shown
    order by shown.scheduled_at < now(), abs(extract(epoch from shown.scheduled_at - now())), shown.id
    limit 2000
$$;
--rollback drop function feed_entries(uuid);

--changeset crm:feed-fingerprint splitStatements:false runOnChange:true
-- Changes whenever what a feed shows does.
create or replace function feed_fingerprint(of_assignee uuid) returns text language sql stable as $$
    select encode(sha256(convert_to(coalesce(string_agg(e::text, e'\n' order by e.id), ''), 'UTF8')), 'hex') from feed_entries(of_assignee) e
$$;
--rollback drop function feed_fingerprint(uuid);
