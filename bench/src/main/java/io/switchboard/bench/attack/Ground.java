package io.switchboard.bench.attack;

import io.switchboard.bench.OwnSuite;
import io.switchboard.bench.Tenants;
import io.switchboard.local.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** The suite, the attacker's organization with its endpoints, and that of another who only wants to work. */
final class Ground {
    private static final int HOSTS = 8;
    private static final int FIRST_HOST = 2; // the other tenant comes from 127.0.0.1

    private final OwnSuite suite;
    private final Tenants tenants;
    private final Endpoint vapi;
    private final Endpoint twilio;
    private final Endpoint othersVapi;

    private Ground(OwnSuite suite, Tenants tenants) {
        this.suite = suite;
        this.tenants = tenants;
        var voice = suite.url(Service.VOICE);
        vapi = Endpoint.create(voice, attacker().accessToken(), "vapi");
        twilio = Endpoint.create(voice, attacker().accessToken(), "twilio");
        othersVapi = Endpoint.create(voice, other().accessToken(), "vapi");
    }

    static Ground prepare(OwnSuite suite) {
        return new Ground(suite, Tenants.signUp(suite, 2));
    }

    OwnSuite suite() {
        return suite;
    }

    Tenants.Tenant attacker() {
        return tenants.now().get(0);
    }

    Tenants.Tenant other() {
        return tenants.now().get(1);
    }

    Endpoint vapi() {
        return vapi;
    }

    Endpoint twilio() {
        return twilio;
    }

    Endpoint othersVapi() {
        return othersVapi;
    }

    String bearer() {
        return "Authorization: Bearer " + attacker().accessToken() + "\r\n";
    }

    /** A new connection to a service; the attacker has eight addresses and uses them in turn. */
    Wire wire(Service service, int number) throws IOException {
        return Wire.open(suite.address(service), FIRST_HOST + number % HOSTS);
    }

    /** The status of one whole request on a connection of its own; 0 where there was no answer. */
    int send(Service service, int number, byte[] request) {
        try (Wire wire = wire(service, number)) {
            return wire.send(request).status();
        } catch (IOException refused) {
            return 0;
        }
    }

    /** Does all of it, so many at a time, and returns what each gave. */
    static <T> List<T> atOnce(int threads, List<Callable<T>> tasks) throws InterruptedException, ExecutionException {
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var results = new ArrayList<T>();
            for (var done : pool.invokeAll(tasks)) {
                results.add(done.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
