package io.switchboard.bench;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Requests of one tenant after the other, at random, each with the tenant's token of that moment. */
final class TenantRequests implements Requests {
    private final Tenants tenants;
    private final Request request;
    private final SplittableRandom random = new SplittableRandom(1);

    /** A whole request of a tenant. */
    @FunctionalInterface
    interface Request {
        /** @param number of the tenant among all, from 0 */
        byte[] of(Tenants.Tenant tenant, int number, SplittableRandom random);
    }

    TenantRequests(Tenants tenants, Request request) {
        this.tenants = tenants;
        this.request = request;
    }

    @Override
    public void next(ByteBuffer out) {
        var all = tenants.now();
        int number = random.nextInt(all.size());
        out.put(request.of(all.get(number), number, random));
    }
}
