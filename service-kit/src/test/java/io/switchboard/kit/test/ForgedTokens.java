package io.switchboard.kit.test;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.function.Executable;

/** Tokens that auth-service never signed, or not for this: a service answers each with 401, never 500. */
public final class ForgedTokens {
    private static final String ROLE = "admin";

    private final TestIssuer issuer = Caller.issuer();
    private final Map<String, String> tokens = new LinkedHashMap<>();

    private ForgedTokens() throws JoseException {
        signedWrongly();
        saidWrongly();
        garbled();
    }

    /** @param path of a GET that an admin may call */
    public static void refused(String path) {
        try {
            var forged = new ForgedTokens().tokens;
            var genuine = Caller.adminOfNewOrg().token();
            given().header("Authorization", "Bearer " + genuine)
                    .get(path)
                    .then()
                    .statusCode(not(401));
            assertAll(forged.entrySet().stream().map(token -> refused(path, token.getKey(), token.getValue())));
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Executable refused(String path, String what, String token) {
        return () -> {
            try {
                given().header("Authorization", "Bearer " + token)
                        .get(path)
                        .then()
                        .statusCode(401)
                        .contentType("application/problem+json")
                        .body("type", endsWith(":unauthorized"));
            } catch (AssertionError refused) {
                throw new AssertionError(what + ": " + refused.getMessage(), refused);
            }
        };
    }

    private void signedWrongly() throws JoseException {
        var key = issuer.key();
        var other = RsaJwkGenerator.generateJwk(2048);
        tokens.put("signed by nobody", unsigned("none", key.getKeyId()));
        tokens.put("signed by nobody, spelt otherwise", unsigned("nOnE", key.getKeyId()));
        tokens.put("RS256 with an empty signature", unsigned("RS256", key.getKeyId()));
        var der = key.getPublicKey().getEncoded();
        var pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
        tokens.put("HS256 with the public key", hmac(der, key.getKeyId()));
        tokens.put("HS256 with the public key as PEM", hmac(pem.getBytes(StandardCharsets.US_ASCII), key.getKeyId()));
        tokens.put("RS512", TestIssuer.signed(person(), header("alg", AlgorithmIdentifiers.RSA_USING_SHA512), key));
        tokens.put("another key under a known kid", TestIssuer.signed(person(), header("kid", key.getKeyId()), other));
        tokens.put("an unknown kid", TestIssuer.signed(person(), header("kid", "unknown-" + UUID.randomUUID()), other));
        tokens.put(
                "a key that it brings along",
                TestIssuer.signed(person(), header("jwk", other.toParams(OutputControlLevel.PUBLIC_ONLY)), other));
        tokens.put("no kid", TestIssuer.signed(person(), Map.of("typ", "at+jwt"), key));
        tokens.put("a refresh token's type", TestIssuer.signed(person(), header("typ", "rt+jwt"), key));
        tokens.put("an id token's type", TestIssuer.signed(person(), header("typ", "JWT"), key));
    }

    private void saidWrongly() {
        said("another issuer", claims -> claims.setIssuer("http://elsewhere.test"));
        said("no issuer", claims -> claims.unsetClaim("iss"));
        said("another audience", claims -> claims.setAudience("elsewhere"));
        said("two audiences", claims -> claims.setAudience("switchboard", "elsewhere"));
        said("no audience", claims -> claims.unsetClaim("aud"));
        said("expired", claims -> claims.setExpirationTime(fromNow(-120)));
        said("never expiring", claims -> claims.unsetClaim("exp"));
        said("not yet valid", claims -> claims.setNotBefore(fromNow(600)));
        said("no subject", claims -> claims.unsetClaim("sub"));
        said("a subject that is no id", claims -> claims.setSubject("' or 1=1"));
        said("no jti", claims -> claims.unsetClaim("jti"));
        said("no organization", claims -> claims.unsetClaim("org_id"));
        said("an organization that is no id", claims -> claims.setClaim("org_id", List.of("x")));
        said("no role", claims -> claims.unsetClaim("groups"));
        said("two roles", claims -> claims.setStringListClaim("groups", "customer", ROLE));
        said("roles of another kind", claims -> claims.setClaim("groups", Map.of("a", 1)));
        said("a person who says to be a service", claims -> {
            claims.setStringListClaim("groups", "service");
            claims.setClaim("azp", "auth-service");
        });
        var own = ConfigProvider.getConfig().getValue("quarkus.application.name", String.class);
        var org = UUID.randomUUID().toString();
        tokens.put("a service's token for another peer", issuer.service("auth-service", "not-" + own, org));
        tokens.put("a service's token for everybody", issuer.service("auth-service", "switchboard", org));
    }

    private void garbled() {
        var genuine = issuer.signed(person());
        var parts = genuine.split("\\.");
        var foreign = issuer.signed(person()).split("\\.")[1];
        tokens.put("another token's claims", parts[0] + "." + foreign + "." + parts[2]);
        tokens.put("cut short", genuine.substring(0, genuine.length() - 20));
        Stream.of("x", "..", "a.b.c", "e30.e30.", parts[0] + ".e30." + parts[2], "{}", genuine + "." + genuine)
                .forEach(text -> tokens.put("garbage " + text, text));
        tokens.put("endless", "a".repeat(9_000));
    }

    private void said(String what, Consumer<JwtClaims> change) {
        var claims = person();
        change.accept(claims);
        tokens.put(what, issuer.signed(claims));
    }

    private JwtClaims person() {
        return TestIssuer.claims(
                UUID.randomUUID().toString(),
                ROLE,
                "switchboard",
                claims -> claims.setClaim("org_id", UUID.randomUUID().toString()));
    }

    private Map<String, Object> header(String name, Object value) {
        var header = new LinkedHashMap<String, Object>(
                Map.of("typ", "at+jwt", "kid", issuer.key().getKeyId()));
        header.put(name, value);
        return header;
    }

    private String unsigned(String algorithm, String kid) {
        var header = "{\"alg\":\"%s\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}".formatted(algorithm, kid);
        var encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(person().toJson().getBytes(StandardCharsets.UTF_8)) + ".";
    }

    private String hmac(byte[] secret, String kid) throws JoseException {
        var jws = new JsonWebSignature();
        jws.setPayload(person().toJson());
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        jws.setHeader("typ", "at+jwt");
        jws.setKeyIdHeaderValue(kid);
        jws.setKey(new HmacKey(secret));
        return jws.getCompactSerialization();
    }

    private static NumericDate fromNow(int seconds) {
        var date = NumericDate.now();
        date.addSeconds(seconds);
        return date;
    }
}
