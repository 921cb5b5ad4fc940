package io.switchboard.bench;

import io.switchboard.local.Service;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** W4: tokens for a service, by its client credentials, for one organization after the other. */
final class TokenIssue implements Requests {
    private final OwnSuite suite;
    private final Options options;
    private final List<byte[]> requests;
    private int turn;

    TokenIssue(OwnSuite suite, Options options, Tenants tenants) {
        this.suite = suite;
        this.options = options;
        this.requests = tenants.now().stream().map(this::request).toList();
    }

    Measured measure(Pgbench pgbench, BareCost bare) {
        CpuMeter cpu = new CpuMeter(suite);
        Say.line("W4: tokens by client credentials through auth-service");
        Tally tally = new HttpLoop(suite.address(Service.AUTH), options.connections(), this)
                .run(options.warmUp(), options.seconds(), cpu);
        Measured.Way service = new Measured.Way("auth-service", tally.measured(), cpu.used());
        Say.line("W4: the same look-up by pgbench");
        var work = new Pgbench.Work(
                "auth_app", List.of(Script.of("service-secret.sql", Map.of())), Map.of("client", Service.CRM.module()));
        Load reached = pgbench.run(work, options.warmUp() / 4 + 1, options.seconds(), cpu);
        return new Measured(
                "W4 token by client credentials",
                new Measured.Way("limit (pgbench, the look-up)", reached, cpu.used()),
                service,
                List.of(
                        "the bare signature (RS256, 2048 bits) is made %,.0f times a second on all cores; a token is signed once and given out again while it is fresh."
                                .formatted(bare.signaturesPerSecond())));
    }

    @Override
    public void next(ByteBuffer out) {
        out.put(requests.get(turn));
        turn = turn + 1 == requests.size() ? 0 : turn + 1;
    }

    private byte[] request(Tenants.Tenant tenant) {
        var secret = URLEncoder.encode(suite.clientSecret(Service.CRM), StandardCharsets.UTF_8);
        var form = "grant_type=client_credentials&client_id=crm-service&client_secret=" + secret
                + "&resource=voice-service&org_id=" + tenant.orgId();
        return HttpText.post(suite.url(Service.AUTH) + "/oauth2/token", "application/x-www-form-urlencoded", form);
    }
}
