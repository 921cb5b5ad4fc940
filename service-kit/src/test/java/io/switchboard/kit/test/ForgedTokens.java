package io.switchboard.kit.test;

import io.switchboard.kit.token.RsaJwk;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/** Tokens that auth-service never signed, or not for this. */
final class ForgedTokens {
    private static final String ROLE = "admin";

    private final TestIssuer issuer = Caller.issuer();
    private final String kid = issuer.key().kid();
    private final Map<String, String> tokens = new LinkedHashMap<>();

    private ForgedTokens() throws GeneralSecurityException {
        wrongSignatures();
        wrongHeaders();
        wrongClaims();
        garbled();
    }

    /** By what is wrong with each. */
    static Map<String, String> all() {
        try {
            return new ForgedTokens().tokens;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void wrongSignatures() throws GeneralSecurityException {
        var other = pair("RSA", 2048);
        tokens.put("algorithm none", unsigned("none"));
        tokens.put("algorithm none, spelt otherwise", unsigned("nOnE"));
        tokens.put("RS256 with an empty signature", unsigned("RS256"));
        var der = issuer.key().key().getEncoded();
        var pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
        tokens.put("HS256 with the public key", Jws.hmac(header("alg", "HS256"), person(), der));
        tokens.put(
                "HS256 with the public key as PEM",
                Jws.hmac(header("alg", "HS256"), person(), pem.getBytes(StandardCharsets.US_ASCII)));
        tokens.put("RS512", Jws.sign(header("alg", "RS512"), person(), "SHA512withRSA", issuer.privateKey()));
        tokens.put("PS256", Jws.sign(header("alg", "PS256"), person(), issuer.privateKey()));
        tokens.put(
                "ES256",
                Jws.sign(
                        header("alg", "ES256"),
                        person(),
                        "SHA256withECDSAinP1363Format",
                        pair("EC", 256).getPrivate()));
        tokens.put("another key under a known kid", Jws.sign(issuer.header(), person(), other.getPrivate()));
        tokens.put(
                "an unknown kid",
                Jws.sign(header("kid", "unknown-" + UUID.randomUUID()), person(), other.getPrivate()));
        tokens.put(
                "a kid that is a path", Jws.sign(header("kid", "../../../../dev/null"), person(), other.getPrivate()));
        tokens.put("a kid that is SQL", Jws.sign(header("kid", "' or '1'='1"), person(), other.getPrivate()));
        var brought = new RsaJwk(kid, (RSAPublicKey) other.getPublic()).json();
        tokens.put("a key in its header", Jws.sign(header("jwk", brought), person(), other.getPrivate()));
        for (var name : List.of("jku", "x5u")) {
            var url = FakePeers.url() + "/forged/" + name;
            tokens.put("a key that its " + name + " names", Jws.sign(header(name, url), person(), other.getPrivate()));
            tokens.put(
                    "a genuine signature and a " + name + ", for another issuer",
                    Jws.sign(header(name, url), person("iss", "http://elsewhere.test"), issuer.privateKey()));
        }
        tokens.put("encrypted for the public key", encrypted("at+jwt"));
        tokens.put("encrypted for the public key, nested", encrypted("JWT"));
    }

    private void wrongHeaders() {
        header("an extension that must be understood", header("crit", List.of("exp")));
        header("an extension that is known", header("crit", List.of("b64"), "b64", true));
        header("an empty list of extensions", header("crit", List.of()));
        header("a payload that is not encoded", header("crit", List.of("b64"), "b64", false));
        header("a refresh token's type", header("typ", "rt+jwt"));
        header("an id token's type", header("typ", "JWT"));
        header("a type that is a list", header("typ", List.of("at+jwt")));
        header("a kid that is a list", header("kid", List.of(kid)));
        header("a kid that is a number", header("kid", 1));
        header("an algorithm that is a number", header("alg", 1));
        header("an algorithm that is a list", header("alg", List.of("RS256")));
        for (var missing : List.of("alg", "typ", "kid")) {
            var header = issuer.header();
            header.remove(missing);
            header("no " + missing, header);
        }
        rawHeader("a header that is a list", "[\"RS256\"]");
        rawHeader("a header that is null", "null");
        rawHeader("a header of many levels", "{\"alg\":" + "[".repeat(1500) + "]".repeat(1500) + "}");
        rawHeader("two algorithms", "{\"alg\":\"none\",\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}");
    }

    private void wrongClaims() {
        for (var claim : List.of("iss", "aud", "exp", "iat", "sub", "jti", "org_id", "groups")) {
            claims("no " + claim, claims -> claims.remove(claim));
            claims(claim + " that is null", claims -> claims.put(claim, null));
            claims(claim + " that is an object", claims -> claims.put(claim, Map.of("a", 1)));
            claims(claim + " that is an empty list", claims -> claims.put(claim, List.of()));
        }
        for (var claim : List.of("iss", "sub", "jti", "org_id", "sid")) {
            claims(claim + " that is a number", claims -> claims.put(claim, 7));
            claims(claim + " that is a list", claims -> claims.put(claim, List.of("x")));
        }
        for (var claim : List.of("exp", "iat", "nbf")) {
            claims(claim + " that is text", claims -> claims.put(claim, "tomorrow"));
            claims(claim + " that is a number in text", claims -> claims.put(claim, "4102444800"));
            claims(claim + " beyond all numbers", claims -> claims.put(claim, 1e300));
            claims(claim + " beyond all years", claims -> claims.put(claim, Long.MAX_VALUE));
        }
        claims("another issuer", claims -> claims.put("iss", "http://elsewhere.test"));
        claims("two issuers", claims -> claims.put("iss", List.of(FakePeers.ISSUER, FakePeers.ISSUER)));
        claims("another audience", claims -> claims.put("aud", "elsewhere"));
        claims("two audiences", claims -> claims.put("aud", List.of("switchboard", "elsewhere")));
        claims("one audience twice", claims -> claims.put("aud", List.of("switchboard", "switchboard")));
        claims("expired", claims -> claims.put("exp", fromNow(-120)));
        claims("expired before it was issued", claims -> {
            claims.put("exp", fromNow(40));
            claims.put("iat", fromNow(50));
        });
        claims("issued in the future", claims -> {
            claims.put("iat", fromNow(600));
            claims.put("exp", fromNow(900));
        });
        claims("not yet valid", claims -> claims.put("nbf", fromNow(600)));
        claims("another name for its subject", claims -> {
            claims.remove("sub");
            claims.put("upn", UUID.randomUUID().toString());
        });
        claims("a subject that is no id", claims -> claims.put("sub", "' or 1=1"));
        claims("a sign-in that is no id", claims -> claims.put("sid", "' or 1=1"));
        claims("a role outside a list", claims -> claims.put("groups", ROLE));
        claims("two roles", claims -> claims.put("groups", List.of("customer", ROLE)));
        claims("one role twice", claims -> claims.put("groups", List.of(ROLE, ROLE)));
        claims("a role that is a number", claims -> claims.put("groups", List.of(1)));
        claims("a role by mapping", claims -> {
            claims.put("groups", List.of("customer"));
            claims.put("roleMappings", Map.of("customer", ROLE));
        });
        claims("a key that is text", claims -> claims.put("key", "true"));
        claims("a person who claims to be a service", claims -> {
            claims.put("groups", List.of("service"));
            claims.put("azp", "auth-service");
        });
        twice("exp", "4102444800");
        twice("groups", "[\"platform_admin\"]");
        service("on behalf of text", "x");
        service("on behalf of a name", Map.of("sub", "ada", "groups", List.of("user")));
        service(
                "on behalf of a person without a role",
                Map.of("sub", UUID.randomUUID().toString()));
        var org = UUID.randomUUID().toString();
        tokens.put("a service's token for another peer", issuer.service("auth-service", "not-" + own(), org));
        tokens.put("a service's token for every peer", issuer.service("auth-service", "switchboard", org));
    }

    private void garbled() {
        var genuine = issuer.sign(issuer.header(), claims());
        var parts = genuine.split("\\.");
        var foreign = issuer.sign(issuer.header(), claims()).split("\\.")[1];
        tokens.put("another token's claims", parts[0] + "." + foreign + "." + parts[2]);
        tokens.put("cut short", genuine.substring(0, genuine.length() - 20));
        Stream.of("x", "..", "a.b.c", "e30.e30.", parts[0] + ".e30." + parts[2], "{}", genuine + "." + genuine)
                .forEach(text -> tokens.put("garbage " + text, text));
        tokens.put("a padded signature", genuine + "=");
        tokens.put("a signature padded in full", genuine + "==");
        tokens.put("padded claims", parts[0] + "." + parts[1] + "=." + parts[2]);
        tokens.put("a padded header", parts[0] + "=." + parts[1] + "." + parts[2]);
        // 256 bytes leave four bits of the last character unused.
        var last = genuine.charAt(genuine.length() - 1);
        tokens.put("unused bits that are set", genuine.substring(0, genuine.length() - 1) + (char) (last + 1));
        tokens.put("12 kB", "a".repeat(12 * 1024));
        claims("12 kB, well signed", claims -> claims.put("padding", "x".repeat(8 * 1024)));
        for (var text : List.of("", "null", "[]", "\"x\"", "7", "{} {}", "[".repeat(1500) + "]".repeat(1500))) {
            tokens.put("well signed " + text, Jws.sign(issuer.header(), text, issuer.privateKey()));
        }
    }

    private void header(String what, Map<String, Object> header) {
        tokens.put(what, Jws.sign(header, person(), issuer.privateKey()));
    }

    /** The signature is that of another header: such a one is never signed by us. */
    private void rawHeader(String what, String header) {
        var genuine = issuer.sign(issuer.header(), claims()).split("\\.");
        tokens.put(what, Jws.encode(header) + "." + genuine[1] + "." + genuine[2]);
    }

    private void claims(String what, Consumer<Map<String, Object>> change) {
        var claims = claims();
        change.accept(claims);
        tokens.put(what, issuer.sign(claims));
    }

    private void service(String what, Object onBehalfOf) {
        tokens.put(what, issuer.sign(TestIssuer.claims("voice-service", "service", own(), claims -> {
            claims.put("azp", "voice-service");
            claims.put("org_id", UUID.randomUUID().toString());
            claims.put("on_behalf_of", onBehalfOf);
        })));
    }

    /** Of two readers one may take the first of two claims of one name and another the second (RFC 7519, 4). */
    private void twice(String claim, String second) {
        var json = person();
        var doubled = json.substring(0, json.length() - 1) + ",\"" + claim + "\":" + second + "}";
        tokens.put("two of " + claim, Jws.sign(issuer.header(), doubled, issuer.privateKey()));
    }

    private Map<String, Object> claims() {
        return TestIssuer.claims(
                UUID.randomUUID().toString(),
                ROLE,
                "switchboard",
                claims -> claims.put("org_id", UUID.randomUUID().toString()));
    }

    private String person() {
        return new JsonObject(claims()).encode();
    }

    private String person(String claim, Object value) {
        return new JsonObject(claims()).put(claim, value).encode();
    }

    private Map<String, Object> header(String name, Object value) {
        var header = issuer.header();
        header.put(name, value);
        return header;
    }

    private Map<String, Object> header(String name, Object value, String other, Object otherValue) {
        var header = header(name, value);
        header.put(other, otherValue);
        return header;
    }

    private String unsigned(String algorithm) {
        return Jws.unsigned(new JsonObject(header("alg", algorithm)).encode(), person()) + ".";
    }

    private String encrypted(String contentType) {
        var header = header("alg", "RSA-OAEP-256");
        header.putAll(Map.of("enc", "A256GCM", "cty", contentType));
        return Jwe.encrypt(header, issuer.sign(claims()), issuer.key().key());
    }

    private static KeyPair pair(String algorithm, int bits) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static String own() {
        return ConfigProvider.getConfig().getValue("quarkus.application.name", String.class);
    }

    private static long fromNow(int seconds) {
        return Instant.now().getEpochSecond() + seconds;
    }
}
