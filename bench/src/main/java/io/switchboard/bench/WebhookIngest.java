package io.switchboard.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.local.Service;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** W1: signed deliveries of Vapi, each a new event, until voice-service has committed it. */
final class WebhookIngest implements Requests {
    private static final String STORED = "select count(*) from voice.processed_webhook_events";

    private final OwnSuite suite;
    private final Options options;
    private final List<Tenants.Tenant> tenants;
    private final List<VapiDelivery> deliveries;
    private int turn;

    WebhookIngest(OwnSuite suite, Options options, Tenants tenants) {
        this.suite = suite;
        this.options = options;
        this.tenants = tenants.now();
        this.deliveries = this.tenants.stream().map(this::endpoint).toList();
    }

    Measured measure(Pgbench pgbench) {
        CpuMeter cpu = new CpuMeter(suite);
        Say.line("W1: a row a transaction by pgbench");
        // Before the services: after them their workers have a backlog to do.
        Load reached = pgbench.run(rowByPgbench(), options.warmUp() / 4 + 1, options.seconds(), cpu);
        Measured.Way limit = new Measured.Way("limit (pgbench, one row a transaction)", reached, cpu.used());
        suite.run("drop table voice.bench_events", "checkpoint");

        Say.line("W1: webhooks through voice-service");
        Tally tally = new HttpLoop(suite.address(Service.VOICE), options.connections(), this)
                .run(options.warmUp(), options.seconds(), cpu);
        Measured.Way service = new Measured.Way("voice-service", tally.measured(), cpu.used());
        return new Measured("W1 signed webhook to durable 200", limit, service, List.of(check(tally)));
    }

    @Override
    public void next(ByteBuffer out) {
        deliveries.get(turn).write(out);
        turn = turn + 1 == deliveries.size() ? 0 : turn + 1;
    }

    /** Acknowledged is stored: else the load shows an error. */
    private String check(Tally tally) {
        long stored = suite.number(STORED);
        if (stored < tally.acknowledged()) {
            tally.measured().error("acknowledged, but not stored", tally.acknowledged() - stored);
        }
        return "%d deliveries were acknowledged, warm-up included; %d are stored."
                .formatted(tally.acknowledged(), stored);
    }

    private VapiDelivery endpoint(Tenants.Tenant tenant) {
        JsonNode endpoint = Api.post(
                suite.url(Service.VOICE) + "/api/webhook-endpoints",
                tenant.accessToken(),
                Map.of("provider", "vapi", "label", "Bench"));
        return new VapiDelivery(
                URI.create(endpoint.path("url").asText()),
                endpoint.path("secret").asText());
    }

    /**
     * Into a twin of the inbox, with all its columns, indexes and checks and row level security forced: the app role has no
     * right to insert into the real one, whose rows come through a function, and the workers would take them on.
     */
    private Pgbench.Work rowByPgbench() {
        suite.run("""
                create table voice.bench_events (like voice.processed_webhook_events including all);
                alter table voice.bench_events owner to voice_owner;
                alter table voice.bench_events enable row level security, force row level security;
                create policy own_org_insert on voice.bench_events for insert to voice_app
                    with check (org_id = (select voice.current_org_id()));
                create policy own_org_select on voice.bench_events for select to voice_app
                    using (org_id = (select voice.current_org_id()) and (select voice.current_role_name()) = 'service');
                grant select, insert on voice.bench_events to voice_app;
                """, "checkpoint");
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("n", "0");
        variables.put("role", "service");
        variables.put("service", "voice-service");
        variables.put("request", UUID.randomUUID().toString());
        variables.put("org", tenants.get(0).orgId().toString());
        variables.put("endpoint", UUID.randomUUID().toString());
        variables.put("sent", Instant.now().toString());
        variables.put("body", VapiDelivery.sample());
        return new Pgbench.Work("voice_app", List.of(Script.of("store-event.sql", Map.of())), variables);
    }
}
