package io.switchboard.bench;

import io.switchboard.local.Service;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** A filtered page of the audit log where there are many records; each is recorded before it is answered. */
final class AuditPages {
    private static final int PER_SECOND = 50;
    private static final double MOST_MILLIS = 20;
    private static final int ACTORS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final OwnSuite suite;
    private final Options options;
    private final Tenants tenants;
    private final SplittableRandom random = new SplittableRandom(1);

    AuditPages(OwnSuite suite, Options options, Tenants tenants) {
        this.suite = suite;
        this.options = options;
        this.tenants = tenants;
    }

    void measure(Results results) {
        int records = options.records();
        Say.line("Writing " + records + " audit records");
        load(records, ContactRows.organizations(tenants.now()));
        load(AuditLogDownload.RECORDS, tenants.now().get(0).orgId().toString());
        String what =
                "W5 filtered page of the log among %,d records, p99 of %d a second".formatted(records, PER_SECOND);
        Say.line(what);
        Load load = new PacedLoad(PER_SECOND, this::request, body -> body.contains("\"items\""))
                .run(options.warmUp(), options.seconds(), new CpuMeter(suite));
        results.figures()
                .add(Figure.atMost(MOST_MILLIS, what, load.failed() ? Double.NaN : load.millis(99), "%.1f ms"));
    }

    /** By actor, by a kind of fact, by failure, or by what the records are of. */
    private HttpRequest request() {
        List<Tenants.Tenant> now = tenants.now();
        Tenants.Tenant tenant = now.get(random.nextInt(now.size()));
        String filter = List.of(
                        "actorId=actor-" + random.nextInt(ACTORS),
                        "action=login",
                        "outcome=failure",
                        "resourceType=contacts&action=update")
                .get(random.nextInt(4));
        return HttpRequest.newBuilder(URI.create(suite.url(Service.AUDIT) + "/api/audit/logs?" + filter))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + tenant.accessToken())
                .GET()
                .build();
    }

    /** Of this month, past triggers and row level security. With numbers below the first one they are not sealed. */
    private void load(int records, String organizations) {
        suite.run(
                """
                set session_replication_role = replica;
                insert into audit.audit_logs (org_id, id, occurred_at, actor_id, actor_type, action, resource_type, resource_id,
                    service, new_data, request_id, outcome, no)
                select o.org_ids[i %% cardinality(o.org_ids) + 1], overlay(audit.first_id(t)::text placing lpad(to_hex(i), 12, '0') from 25)::uuid, t,
                    'actor-' || i / 128 %% %d, 'user', (array['create', 'update', 'delete', 'login'])[1 + i / 1024 %% 4], 'contacts',
                    md5((i / 3)::text)::uuid::text, 'crm-service', jsonb_build_object('name', 'Ada ' || i), 'req-' || i / 2,
                    case when i / 1024 %% 50 = 0 then 'failure' else 'success' end, i - %d - 1
                from (
                    select i, date_trunc('month', now()) + i * (interval '28 days' / %d) as t from generate_series(1, %d) i
                ) rows, (select '{%s}'::uuid[] as org_ids) o
                """.formatted(ACTORS, records, records, records, organizations),
                "vacuum (analyze) audit.audit_logs",
                "checkpoint");
    }
}
