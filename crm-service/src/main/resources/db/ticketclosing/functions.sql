--liquibase formatted sql

--changeset crm:close-resolved-tickets splitStatements:false runOnChange:true
-- Closes at most 200 tickets that have been resolved for seven days, of all tenants by turns, and answers how many. Those that a person
-- holds just now, such as a customer who answers, are left to a later step.
create or replace function close_resolved_tickets() returns int
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
    org_before constant text := current_setting('app.org_id', true);
    due record;
    closed int;
    handled int := 0;
begin
    for due in
        with waiting as (
            select t.org_id, t.id, t.resolved_at from tickets t
            where t.status = 'resolved' and t.resolved_at < now() - interval '7 days' order by t.resolved_at limit 10000
        ), turns as (
            select w.org_id, w.id, w.resolved_at, row_number() over (partition by w.org_id order by w.resolved_at, w.id) as turn
            from waiting w order by turn, w.resolved_at limit 200
        ), locked as (
            select t.org_id, t.id from tickets t join turns w on w.org_id = t.org_id and w.id = t.id
            where t.status = 'resolved' and t.resolved_at = w.resolved_at
            order by t.org_id, t.id for no key update of t skip locked
        )
        select l.org_id, array_agg(l.id) as ids from locked l group by l.org_id
    loop
        perform set_config('app.org_id', due.org_id::text, true);
        begin
            update tickets t set status = 'closed' where t.org_id = due.org_id and t.id = any (due.ids);
            get diagnostics closed = row_count;
            handled := handled + closed;
        exception when others then -- one organization's fault holds up no other; what passes is tried again, with all of the step
            if sqlstate ~ '^(40|53|55|57)' then
                raise;
            end if;
            raise warning 'tickets of organization % are not closed: %', due.org_id, sqlstate;
        end;
    end loop;
    perform set_config('app.org_id', coalesce(org_before, ''), true);
    return handled;
end
$$;
revoke all on function close_resolved_tickets() from public;
grant execute on function close_resolved_tickets() to ${schema}_app;
--rollback drop function close_resolved_tickets();
