package io.switchboard.bench;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The tickets in the database: spread evenly over 100 organizations and a year, with two messages each. An organization has ten
 * teams and twenty agents; in those that are measured the first agent is one who can sign in, and is in the first three teams.
 */
final class TicketRows {
    private static final int TEAMS = 10;
    private static final int TEAMS_OF_AGENT = 3;
    private static final int AGENTS = 20;

    private TicketRows() {}

    /** Writes them past triggers and row level security, as a restored dump would be. */
    static void load(OwnSuite suite, int tickets, List<Tenants.Tenant> agents) {
        String people = agents.stream().map(agent -> agent.userId().toString()).collect(Collectors.joining(","));
        suite.run(
                """
                create table public.bench_desks as
                select o.org_id, o.place::int, coalesce(('{%s}'::uuid[])[o.place], gen_random_uuid()) as agent_id
                from unnest('{%s}'::uuid[]) with ordinality as o (org_id, place)
                """.formatted(people, ContactRows.organizations(agents)),
                """
                set session_replication_role = replica;
                insert into crm.teams (org_id, id, name)
                select org_id, md5('team ' || n)::uuid, 'Team ' || n from public.bench_desks, generate_series(0, %d) n;
                insert into crm.team_members (org_id, team_id, user_id)
                select org_id, md5('team ' || n)::uuid, agent_id from public.bench_desks, generate_series(0, %d) n;
                insert into crm.ticket_numbers (org_id, last) select org_id, %d from public.bench_desks
                """.formatted(TEAMS - 1, TEAMS_OF_AGENT - 1, tickets),
                """
                set session_replication_role = replica;
                insert into crm.tickets (org_id, id, number, title, description, status, priority, customer_id, assigned_agent_id,
                    assigned_team_id, tags, first_responded_at, resolved_at, closed_at, created_at, updated_at)
                select org_id, ('0198b5a0-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, n + 1, 'Ticket ' || i,
                    'The heating makes a noise at night, and the room stays cold.', status, (enum_range(null::crm.ticket_priority))[n %% 4 + 1],
                    md5('customer ' || n %% 500)::uuid, case (n / 10) %% %4$d when 0 then agent_id else md5('agent ' || (n / 10) %% %4$d)::uuid end,
                    md5('team ' || n %% %3$d)::uuid, array['heating', 'noise'],
                    case when status <> 'new' then at + interval '20 minutes' end,
                    case when status in ('resolved', 'closed') then at + interval '5 hours' * (n %% 17) end,
                    case when status = 'closed' then at + interval '5 hours' * (n %% 17) + interval '7 days' end, at, at
                from (
                    select i, i / %1$d as n, d.*, now() - make_interval(secs => (%2$d - i) * 31536000.0 / %2$d) as at,
                        (array['new', 'open', 'open', 'pending', 'resolved', 'closed', 'closed', 'closed', 'closed', 'closed']
                            ::crm.ticket_status[])[(i / %1$d * 7) %% 10 + 1] as status
                    from generate_series(0, %2$d - 1) i join public.bench_desks d on d.place = i %% %1$d + 1
                ) rows
                """.formatted(Options.ORGANIZATIONS, tickets, TEAMS, AGENTS),
                """
                set session_replication_role = replica;
                insert into crm.messages (org_id, ticket_id, sender_id, type, is_internal, content, created_at)
                select t.org_id, t.id, s.sender, s.type, false, 'It is cold, and has been since Monday.', t.created_at + s.after
                from crm.tickets t cross join lateral (values
                    (t.customer_id, 'customer'::crm.message_type, interval '1 minute'),
                    (t.assigned_agent_id, 'agent', interval '20 minutes')) s (sender, type, after)
                """,
                "vacuum (analyze) crm.tickets",
                "vacuum (analyze) crm.messages",
                "analyze crm.team_members",
                "checkpoint");
    }
}
