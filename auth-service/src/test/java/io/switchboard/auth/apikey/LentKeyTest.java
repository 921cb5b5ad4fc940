package io.switchboard.auth.apikey;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys of two parts, and which admin's key an organization lends. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class LentKeyTest {
    Person ada;

    @BeforeEach
    void signUp() {
        ada = Person.signUp();
    }

    @Test
    void of_the_active_admins_the_first_by_id_lends_a_key() {
        var admins = Stream.of(
                        ada.caller(),
                        ada.invite("admin").caller(),
                        ada.invite("admin").caller())
                .sorted(Comparator.comparing(caller -> caller.id().toString()))
                .toList();
        var first = admins.get(0).put("/api/api-keys/vapi", Map.of("apiKey", "vapi-of-first"));
        first.then().statusCode(201);
        admins.get(2)
                .put("/api/api-keys/vapi", Map.of("apiKey", "vapi-of-last"))
                .then()
                .statusCode(201);
        ada.invite("agent")
                .caller()
                .put("/api/api-keys/telnyx", Map.of("apiKey", "KEY-of-an-agent"))
                .then()
                .statusCode(201);

        reveal(voice(), "vapi")
                .then()
                .statusCode(200)
                .body("apiKey", is("vapi-of-first"))
                .body("provider", is("vapi"));
        var firstId = admins.get(0).id();
        reveal(voice(), "vapi").then().body("userId", is(firstId.toString()));
        reveal(voice(), "vapi", firstId)
                .then()
                .statusCode(200)
                .body("apiKey", is("vapi-of-last"))
                .body("userId", is(admins.get(2).id().toString()));
        reveal(voice(), "vapi", admins.get(2).id()).then().statusCode(404);
        reveal(voice(), "vapi", "no-id").then().statusCode(400).body("type", endsWith("invalid_filter"));
        reveal(voice(), "telnyx").then().statusCode(404).body("type", endsWith("api_key_not_found"));
        Sql.superuser()
                .run("update users set is_active = false where id = '"
                        + admins.get(0).id() + "'");
        reveal(voice(), "vapi").then().statusCode(200).body("apiKey", is("vapi-of-last"));
        reveal(Caller.service("voice-service", UUID.randomUUID()), "vapi")
                .then()
                .statusCode(404);
        reveal(Caller.service("crm-service", ada.caller().orgId()), "vapi")
                .then()
                .statusCode(403);
        reveal(ada.caller(), "vapi").then().statusCode(403);
        var trail = AuditTrail.await(4, ada.caller().orgId(), "reveal");
        assertFalse(trail.toString().contains("vapi-of"), trail.toString());
    }

    @Test
    void a_key_of_two_parts_has_both() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(4096);
        var pem = Base64.getEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        var account = "AC0123456789abcdef0123456789abcdef";
        var whole = Map.of(
                "twilio", account + ":0123456789abcdef",
                "plivo", "MAXXXXXXXXXXXXXXXXXX:0123456789abcdef",
                "vonage", UUID.randomUUID() + ":" + pem);
        whole.forEach((provider, key) -> ada.caller()
                .put("/api/api-keys/" + provider, Map.of("apiKey", key))
                .then()
                .statusCode(201));
        var parts = Map.of(
                "twilio", List.of(account, "0123456789abcdef", account + ":", account + ":0123:456789abcdef"),
                "plivo", List.of("MAXXXXXXXXXXXXXXXXXX", ":0123456789abcdef"),
                "vonage",
                        List.of(
                                pem,
                                UUID.randomUUID() + ":" + pem.substring(8),
                                UUID.randomUUID() + ":AAAA",
                                UUID.randomUUID() + ":" + overlong()));
        parts.forEach((provider, keys) -> keys.forEach(key -> ada.caller()
                .put("/api/api-keys/" + provider, Map.of("apiKey", key))
                .then()
                .statusCode(422)
                .body("errors[0].field", is("apiKey"))));
    }

    /** A private key of 4,101 bits. */
    private static String overlong() throws GeneralSecurityException {
        var three = BigInteger.valueOf(3);
        var numbers = new RSAPrivateCrtKeySpec(
                BigInteger.ONE.setBit(4100), BigInteger.valueOf(65537), three, three, three, three, three, three);
        return Base64.getEncoder()
                .encodeToString(
                        KeyFactory.getInstance("RSA").generatePrivate(numbers).getEncoded());
    }

    Caller voice() {
        return Caller.service("voice-service", ada.caller().orgId());
    }

    static Response reveal(Caller caller, String provider, Object after) {
        return caller.request()
                .urlEncodingEnabled(false)
                .post("/internal/api-keys/" + provider + ":reveal?after=" + after);
    }

    static Response reveal(Caller caller, String provider) {
        return caller.request().urlEncodingEnabled(false).post("/internal/api-keys/" + provider + ":reveal");
    }
}
