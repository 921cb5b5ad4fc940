package io.switchboard.crm.metric;

import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonArray;
import java.util.UUID;

/** Counts the tickets of an organization one by one, each figure by itself: slow, and easy to believe. */
record Recount(UUID org, String zone, String from, String to) {

    /** @param filter a condition on tickets */
    JsonArray tickets(String filter, boolean byWeek) {
        return json(filter, """
                , periods as (
                    select %s as name, min(d) as begins, max(d) as ends
                    from (select g::date as d from generate_series('%s'::timestamp, '%s', '1 day') g) days group by 1
                )
                select json_agg(json_build_object(
                    'day', name::text,
                    'totalTickets', (select count(*) from counted where created between begins and ends),
                    'resolvedTickets',
                        (select count(*) from counted where created between begins and ends and resolved_at is not null),
                    'averageResolutionSeconds', (select round(avg(extract(epoch from resolved_at - created_at)))::bigint
                        from counted where created between begins and ends),
                    'averageFirstResponseSeconds',
                        (select round(avg(extract(epoch from first_responded_at - created_at)))::bigint
                        from counted where created between begins and ends),
                    'reopened', (select count(*) from counted where created between begins and ends and reopened_count > 0),
                    'backlog', (select count(*) from counted where created <= ends and (done is null or done > ends))
                ) order by name desc) from periods
                """.formatted(byWeek ? "date_trunc('week', d)::date" : "d", from, to));
    }

    JsonArray agents(String filter) {
        return json(filter, """
                , lines as (
                    select distinct created, assigned_agent_id as agent from counted
                    where assigned_agent_id is not null and created between '%s' and '%s'
                ), own as (select l.agent, t.* from lines l join counted t on t.created = l.created and t.assigned_agent_id = l.agent)
                select json_agg(json_build_object(
                    'day', created::text,
                    'agentId', agent,
                    'name', (select m.name from members m where m.org_id = '%s' and m.id = agent),
                    'totalTickets', (select count(*) from own where (own.created, own.agent) = (l.created, l.agent)),
                    'resolvedTickets', (select count(*) from own
                        where (own.created, own.agent) = (l.created, l.agent) and resolved_at is not null),
                    'averageResolutionSeconds', (select round(avg(extract(epoch from resolved_at - created_at)))::bigint
                        from own where (own.created, own.agent) = (l.created, l.agent)),
                    'totalMessages', (select count(*) from messages m where m.org_id = '%3$s' and m.type <> 'system'
                        and m.ticket_id in (select id from own where (own.created, own.agent) = (l.created, l.agent)))
                ) order by created desc, agent) from lines l
                """.formatted(from, to, org));
    }

    private JsonArray json(String filter, String counting) {
        var counted = """
                with counted as (
                    select t.*, (created_at at time zone '%1$s')::date as created,
                        (least(resolved_at, closed_at) at time zone '%1$s')::date as done
                    from tickets t where org_id = '%2$s' and merged_into_id is null and %3$s
                )
                """.formatted(zone, org, filter);
        return new JsonArray(Sql.superuser().value(counted + counting));
    }
}
