package io.switchboard.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.local.Service;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** W1: signed deliveries of all providers in turn, each of another call, until voice-service has committed the event. */
final class WebhookIngest implements Requests {
    private static final String STORED = "select count(*) from voice.processed_webhook_events";
    private static final String TITLE = "W1 signed webhook to durable 200";
    private static final List<Service> PEERS = List.of(Service.CRM, Service.AUDIT);

    private final OwnSuite suite;
    private final Options options;
    private final List<Tenants.Tenant> tenants;
    private final List<ProviderDelivery> deliveries = new ArrayList<>();
    private int turn;

    WebhookIngest(OwnSuite suite, Options options, Tenants tenants) {
        this.suite = suite;
        this.options = options;
        this.tenants = tenants.now();
        for (int i = 0; i < this.tenants.size(); i++) {
            deliveries.add(endpoint(
                    this.tenants.get(i), ProviderDelivery.PROVIDERS.get(i % ProviderDelivery.PROVIDERS.size())));
        }
    }

    List<Measured> measure(Pgbench pgbench) {
        CpuMeter cpu = new CpuMeter(suite);
        Limit limit = new Limit(pgbench, rowByPgbench());
        Say.line("W1: the adapters of all providers warm up");
        load(3 * options.warmUp(), 0, cpu);
        stopWorkers();
        Measured withoutWorkers = through(TITLE + ", the workers stopped", limit, cpu);
        startWorkers();
        Measured whole = through(TITLE, limit, cpu);
        suite.stop(PEERS);
        Measured withoutPeers = through(TITLE + ", crm-service and audit-service dead", limit, cpu);
        suite.up();
        suite.run("drop table voice.bench_events");
        return List.of(whole, withoutWorkers, withoutPeers);
    }

    private record Limit(Pgbench pgbench, Pgbench.Work work) {}

    /**
     * Each begins with an empty inbox, as its limit does, and with as short a warm-up: the more a table has, the more an insert costs.
     * The limit is measured just before, since a machine's speed may drift in minutes.
     */
    private Measured through(String title, Limit limit, CpuMeter cpu) {
        suite.run(
                "truncate voice.processed_webhook_events, voice.webhook_deliveries, voice.call_queue, voice.call_logs cascade",
                "checkpoint");
        Say.line(title + ": a row a transaction by pgbench");
        int warmUp = options.warmUp() / 4 + 1;
        Load reached = limit.pgbench().run(limit.work(), warmUp, options.seconds(), cpu);
        Measured.Way bare = new Measured.Way("limit (pgbench, one row a transaction)", reached, cpu.used());
        suite.run("truncate voice.bench_events", "checkpoint");
        Say.line(title);
        Tally tally = load(warmUp, options.seconds(), cpu);
        Measured.Way service = new Measured.Way("voice-service", tally.measured(), cpu.used());
        return new Measured(title, bare, service, 1.0, List.of(check(tally)));
    }

    private Tally load(int warmUp, int seconds, CpuMeter cpu) {
        return new HttpLoop(suite.address(Service.VOICE), options.connections(), this).run(warmUp, seconds, cpu);
    }

    /** Work that is never due is not claimed. */
    private void stopWorkers() {
        suite.run("""
                create function voice.bench_never_due() returns trigger language plpgsql as $$
                begin
                    new.due_at := null;
                    return new;
                end
                $$;
                create trigger bench_never_due before insert or update on voice.call_queue
                    for each row execute function voice.bench_never_due();
                """);
    }

    private void startWorkers() {
        suite.run("drop function voice.bench_never_due() cascade");
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

    private ProviderDelivery endpoint(Tenants.Tenant tenant, String provider) {
        Map<String, String> form = new HashMap<>(Map.of("provider", provider, "label", "Bench"));
        if (provider.equals("telnyx")) {
            form.put("secret", DeliverySignature.telnyxPublicKey());
        }
        JsonNode endpoint = Api.post(suite.url(Service.VOICE) + "/api/webhook-endpoints", tenant.accessToken(), form);
        return new ProviderDelivery(
                provider,
                URI.create(endpoint.path("url").asText()),
                new DeliverySignature(endpoint.path("secret").asText()));
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
                """);
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("n", "0");
        variables.put("role", "service");
        variables.put("service", "voice-service");
        variables.put("request", UUID.randomUUID().toString());
        variables.put("org", tenants.get(0).orgId().toString());
        variables.put("endpoint", UUID.randomUUID().toString());
        variables.put("sent", Instant.now().toString());
        List<String> scripts = new ArrayList<>();
        for (String provider : ProviderDelivery.PROVIDERS) {
            variables.put("body_" + provider, ProviderDelivery.sample(provider));
            scripts.add(Script.of("store-event.sql", Map.of("provider", provider)));
        }
        return new Pgbench.Work("voice_app", scripts, variables);
    }
}
