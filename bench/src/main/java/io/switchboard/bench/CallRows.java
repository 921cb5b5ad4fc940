package io.switchboard.bench;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Ended calls in the database: spread evenly over the organizations and a year. An organization has twenty PIN clients with two
 * assistants each, and nine numbers at three providers; each day has calls of all assistants.
 */
final class CallRows {
    private CallRows() {}

    /** Writes them past triggers and row level security, as a restored dump would be, and has them counted. */
    static void load(OwnSuite suite, int calls, List<Tenants.Tenant> tenants) {
        String organizations =
                tenants.stream().map(tenant -> tenant.orgId().toString()).collect(Collectors.joining(","));
        suite.run("""
                set session_replication_role = replica;
                insert into voice.call_logs (org_id, provider, provider_call_id, status, answered, direction, from_e164, to_e164,
                    started_at, ended_at, duration_seconds, ended_reason, cost, currency, tokens, success, client_id, assistant_id, agent_id,
                    local_day, local_hour)
                select ('{%s}'::uuid[])[i %% %d + 1], (array['vapi', 'twilio', 'vonage'])[n %% 3 + 1], 'bench-' || i, 'ended', n %% 5 > 0,
                    (array['inbound', 'outbound']::voice.call_direction[])[n %% 2 + 1], '+1555' || lpad((n %% 900)::text, 7, '0'),
                    '+1666' || lpad((n %% 9)::text, 7, '0'), at, at + interval '2 minutes', case when n %% 5 > 0 then n %% 300 end,
                    (array['customer-ended-call', 'assistant-ended-call', 'silence-timed-out', 'voicemail', 'customer-busy'])[n %% 5 + 1],
                    (n %% 200) * 0.001, (array['USD', 'USD', 'EUR'])[n %% 3 + 1], n %% 4000, (array[true, false, null])[n %% 3 + 1],
                    md5('client ' || n %% 20)::uuid, md5('assistant ' || n %% 40)::uuid, md5('agent ' || n %% 40)::uuid,
                    (at at time zone 'UTC')::date, extract(hour from at at time zone 'UTC')
                from generate_series(0, %d) i
                    cross join lateral (select i / %2$d as n) c
                    cross join lateral (select now() - make_interval(secs => (c.n::bigint * 7919 %% 31536000)::int) as at) t
                """.formatted(organizations, tenants.size(), calls - 1), "vacuum (analyze) voice.call_logs");
        tenants.forEach(tenant -> suite.run("select voice.rebuild_call_analytics('" + tenant.orgId() + "')"));
        suite.run("vacuum (analyze) voice.call_analytics", "vacuum (analyze) voice.call_breakdowns", "checkpoint");
    }

    /** Rows of call_analytics that a count of the calls does not give, and the other way round. */
    static long wrongRows(OwnSuite suite) {
        return suite.number("""
                with counted as (
                    select org_id, local_day, client_id, assistant_id, agent_id, owner_id, count(*), count(*) filter (where answered),
                        count(*) filter (where direction = 'inbound' and not answered), sum(coalesce(duration_seconds, 0)),
                        sum(case when currency = 'USD' then cost else 0 end), sum(tokens), count(*) filter (where success),
                        count(*) filter (where not success)
                    from voice.call_logs where head_id is null group by org_id, local_day, client_id, assistant_id, agent_id, owner_id
                ), stored as (
                    select org_id, local_day, client_id, assistant_id, agent_id, owner_id, calls, answered, missed, seconds, cost, tokens, successes,
                        failures
                    from voice.call_analytics
                )
                select (select count(*) from (table counted except all table stored) missing)
                    + (select count(*) from (table stored except all table counted) extra)
                """);
    }
}
