package io.switchboard.bench;

import io.switchboard.local.Service;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/** W2: one contact by its id, of the caller's organization, through crm-service. */
final class ContactsRead implements Requests {
    private final OwnSuite suite;
    private final Options options;
    private final Tenants tenants;
    private final ContactRows rows;
    private final SplittableRandom random = new SplittableRandom(1);
    private final byte[] start = ("GET /api/contacts/" + ContactRows.ID_PREFIX).getBytes(StandardCharsets.US_ASCII);
    private List<Tenants.Tenant> written;
    private byte[][] ends;

    ContactsRead(OwnSuite suite, Options options, Tenants tenants, ContactRows rows) {
        this.suite = suite;
        this.options = options;
        this.tenants = tenants;
        this.rows = rows;
    }

    Measured measure(Pgbench pgbench) {
        CpuMeter cpu = new CpuMeter(suite);
        Say.line("W2: contact by id through crm-service");
        Tally tally = new HttpLoop(suite.address(Service.CRM), options.connections(), this)
                .run(options.warmUp(), options.seconds(), cpu);
        Measured.Way service = new Measured.Way("crm-service", tally.measured(), cpu.used());
        Say.line("W2: the same transaction by pgbench");
        Load reached = pgbench.run(sameByPgbench(), options.warmUp() / 4 + 1, options.seconds(), cpu);
        Measured.Way limit = new Measured.Way("limit (pgbench)", reached, cpu.used());
        return new Measured(
                "W2 contact by id",
                limit,
                service,
                List.of(rows.sample() + " of " + options.contacts() + " contacts read at random."));
    }

    @Override
    public void next(ByteBuffer out) {
        if (written != tenants.now()) {
            writeEnds();
        }
        int tenant = random.nextInt(ends.length);
        out.put(start);
        hex(rows.number(tenant, random.nextInt(rows.samplePerTenant())), out);
        out.put(ends[tenant]);
    }

    /** Of each tenant, what follows after the id; again when the tokens are new. */
    private void writeEnds() {
        written = tenants.now();
        String host = suite.url(Service.CRM).substring("http://".length());
        ends = written.stream()
                .map(tenant -> " HTTP/1.1\r\nHost: " + host + "\r\nAccept: application/json\r\nAuthorization: Bearer "
                        + tenant.accessToken() + "\r\n\r\n")
                .map(end -> end.getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
    }

    private static void hex(long number, ByteBuffer out) {
        for (int shift = 44; shift >= 0; shift -= 4) {
            int digit = (int) (number >>> shift) & 15;
            out.put((byte) (digit < 10 ? '0' + digit : 'a' + digit - 10));
        }
    }

    /** One script for each tenant, with the tenant as a variable: pgbench's own random numbers cannot name one. */
    private Pgbench.Work sameByPgbench() {
        List<String> scripts = new ArrayList<>();
        Map<String, String> variables = new LinkedHashMap<>(
                Map.of("role", "admin", "request", UUID.randomUUID().toString()));
        for (int i = 0; i < tenants.now().size(); i++) {
            Tenants.Tenant tenant = tenants.now().get(i);
            variables.put("org" + i, tenant.orgId().toString());
            variables.put("user" + i, tenant.userId().toString());
            scripts.add(Script.of(
                    "contact-by-id.sql",
                    Map.of("columns", ContactRows.ownColumns(), "tenant", "" + i, "number", rows.pgbenchNumber(i))));
        }
        return new Pgbench.Work("crm_app", scripts, variables);
    }
}
