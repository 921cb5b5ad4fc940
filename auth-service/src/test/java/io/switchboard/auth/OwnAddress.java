package io.switchboard.auth;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gives each test a client address of its own, as a listed proxy forwards it: what one test does to an address's counters, no
 * other test meets. Registered in META-INF/services.
 */
public final class OwnAddress implements QuarkusTestBeforeEachCallback {
    private static String current;

    @Override
    public void beforeEach(QuarkusTestMethodContext test) {
        next();
    }

    /** Goes on from another address. */
    public static void next() {
        var random = ThreadLocalRandom.current();
        // Limits are by /64.
        current = "2001:db8:%x:%x::1".formatted(random.nextInt(1, 0x10000), random.nextInt(1, 0x10000));
        send(current);
    }

    /** Goes on as a client that writes an address of its choice into the header itself; the proxy adds the real one. */
    public static void pretend(String address) {
        send(address + ", " + current);
    }

    public static String current() {
        return current;
    }

    private static void send(String forwardedFor) {
        RestAssured.replaceFiltersWith((request, response, context) -> {
            request.header("X-Forwarded-For", forwardedFor);
            return context.next(request, response);
        });
    }
}
