package io.switchboard.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/**
 * An organization that the demo signed up, seen by its admin.
 *
 * @param api signed in as that admin
 */
record DemoTenant(String orgId, String userId, String name, String email, String password, Api api) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Signs up under fresh names, so that the demo can be played again. */
    static DemoTenant signUp(Api anonymous, String company, String person) {
        String name = company + " " + random(2);
        String email = person.toLowerCase(java.util.Locale.ROOT) + "@"
                + name.toLowerCase(java.util.Locale.ROOT).replace(' ', '-') + ".example";
        String password = "demo-" + random(6);
        JsonNode answer = anonymous.post(
                Service.AUTH,
                "/api/auth/signup",
                Map.of(
                        "organizationName",
                        name,
                        "email",
                        email,
                        "password",
                        password,
                        "fullName",
                        person + " Example"));
        return new DemoTenant(
                answer.path("organization").path("id").asText(),
                answer.path("user").path("id").asText(),
                name,
                email,
                password,
                anonymous.with(answer.path("accessToken").asText()));
    }

    /** Of its mail addresses. */
    String domain() {
        return email.substring(email.indexOf('@') + 1);
    }

    static String random(int bytes) {
        byte[] some = new byte[bytes];
        RANDOM.nextBytes(some);
        return HexFormat.of().formatHex(some);
    }
}
