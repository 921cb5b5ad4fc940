package io.switchboard.auth.pin;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.switchboard.auth.Person;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;

/** Signing in by PIN through the API, for tests. */
public final class PinSignIn {
    private static final SecureRandom RANDOM = new SecureRandom();

    private PinSignIn() {}

    /** A valid PIN that no client has. */
    public static String unusedPin() {
        String pin;
        do {
            pin = "%08d".formatted(RANDOM.nextInt(100_000_000));
        } while (Pins.trivial(pin));
        return pin;
    }

    public static Response logIn(String pin, String organization) {
        var form = new HashMap<String, String>(Map.of("pin", pin));
        if (organization != null) {
            form.put("organization", organization);
        }
        return Person.post("/api/auth/pin", form);
    }

    /** A request with a session token as its bearer token. */
    public static RequestSpecification session(String token) {
        return given().header("Authorization", "Bearer " + token);
    }
}
