package io.switchboard.bench;

import io.switchboard.local.Service;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** W4: sign-ins by password or PIN, which a slow hash bounds on purpose. */
final class SignIns implements Requests {
    /** A sign-in counts as failed until it has succeeded, and one address may fail nine times. */
    private static final int CONNECTIONS = 8;

    private final OwnSuite suite;
    private final Options options;
    private final List<byte[]> requests;
    private int turn;

    private SignIns(OwnSuite suite, Options options, List<byte[]> requests) {
        this.suite = suite;
        this.options = options;
        this.requests = requests;
    }

    static Measured byPassword(OwnSuite suite, Options options, Tenants tenants, Pgbench pgbench, BareCost bare) {
        List<byte[]> requests = tenants.now().stream()
                .map(tenant -> HttpText.post(
                        suite.url(Service.AUTH) + "/api/auth/login",
                        "application/json",
                        "{\"email\":\"" + tenant.email() + "\",\"password\":\"" + tenant.password() + "\"}"))
                .toList();
        return new SignIns(suite, options, requests)
                .measure(
                        "W4 sign-in by password",
                        pgbench,
                        password(tenants.now().get(0)),
                        bare);
    }

    static Measured byPin(OwnSuite suite, Options options, List<PinClient> clients, Pgbench pgbench, BareCost bare) {
        List<byte[]> requests = clients.stream()
                .map(client -> HttpText.post(
                        suite.url(Service.AUTH) + "/api/auth/pin",
                        "application/json",
                        "{\"pin\":\"" + client.pin() + "\",\"organization\":\"" + client.organization() + "\"}"))
                .toList();
        return new SignIns(suite, options, requests).measure("W4 sign-in by PIN", pgbench, pin(clients.get(0)), bare);
    }

    private Measured measure(String title, Pgbench pgbench, Pgbench.Work lookUp, BareCost bare) {
        CpuMeter cpu = new CpuMeter(suite);
        Say.line(title + " through auth-service");
        Tally tally = new HttpLoop(suite.address(Service.AUTH), CONNECTIONS, this)
                .run(options.warmUp(), options.seconds(), cpu);
        Measured.Way service = new Measured.Way("auth-service", tally.measured(), cpu.used());
        Load reached = pgbench.run(lookUp, options.warmUp() / 4 + 1, options.seconds(), cpu);
        Measured.Way limit = new Measured.Way("limit (pgbench, counting and look-up)", reached, cpu.used());
        return new Measured(
                title,
                limit,
                service,
                List.of(
                        "8 connections; the bare hash (Argon2id, 19 MiB, 2 passes) is made %.0f times a second on all cores, the sign-in %.2f times as often."
                                .formatted(
                                        bare.hashesPerSecond(), service.load().perSecond() / bare.hashesPerSecond())));
    }

    @Override
    public void next(ByteBuffer out) {
        out.put(requests.get(turn));
        turn = turn + 1 == requests.size() ? 0 : turn + 1;
    }

    private static Pgbench.Work password(Tenants.Tenant tenant) {
        Map<String, String> variables = limits("account");
        variables.put("email", tenant.email());
        return new Pgbench.Work("auth_app", List.of(Script.of("password-look-up.sql", Map.of())), variables);
    }

    private static Pgbench.Work pin(PinClient client) {
        Map<String, String> variables = limits("organization");
        variables.put("slug", client.organization());
        variables.put("key", "00".repeat(32));
        return new Pgbench.Work("auth_app", List.of(Script.of("pin-look-up.sql", Map.of())), variables);
    }

    /** Counters of made-up keys, as the service counts: per account or organization, and per address. */
    private static Map<String, String> limits(String scope) {
        String limit = "{\"scope\":\"%s\",\"key\":\"%s\",\"most\":1000000,\"window\":900,\"wait\":30,\"longest\":3600}";
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(
                "limits",
                "[" + limit.formatted(scope, UUID.randomUUID().toString().replace("-", "")) + ","
                        + limit.formatted(
                                "address", UUID.randomUUID().toString().replace("-", "")) + "]");
        return variables;
    }
}
