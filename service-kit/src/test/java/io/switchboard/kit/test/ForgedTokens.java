package io.switchboard.kit.test;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** Tokens that auth-service never signed, or not for this. */
final class ForgedTokens {
    private static final String ROLE = "admin";

    private final TestIssuer issuer = Caller.issuer();
    private final Map<String, String> tokens = new LinkedHashMap<>();

    private ForgedTokens() throws JoseException {
        signedWrongly();
        saidWrongly();
        garbled();
    }

    /** By what is wrong with each. */
    static Map<String, String> all() {
        try {
            return new ForgedTokens().tokens;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
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
        for (var name : List.of("jku", "x5u")) {
            tokens.put(
                    "a key that its " + name + " names",
                    TestIssuer.signed(person(), header(name, FakePeers.url() + "/forged/" + name), other));
            tokens.put(
                    "a genuine signature and a " + name + " beside it, for another issuer",
                    issuer.signed(elsewhere(), header(name, FakePeers.url() + "/forged/" + name)));
        }
        tokens.put("PS256", TestIssuer.signed(person(), header("alg", AlgorithmIdentifiers.RSA_PSS_USING_SHA256), key));
        tokens.put("ES256", elliptic());
        tokens.put("an extension that must be understood", issuer.signed(person(), header("crit", List.of("exp"))));
        tokens.put("a payload that is not encoded", header("{\"alg\":\"RS256\",\"b64\":false,\"crit\":[\"b64\"]}"));
        tokens.put("a kid that is a path", TestIssuer.signed(person(), header("kid", "../../../../dev/null"), other));
        tokens.put("a kid that is SQL", TestIssuer.signed(person(), header("kid", "' or '1'='1"), other));
        tokens.put("a kid that is a list", header("{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":[\"x\"]}"));
        tokens.put("an algorithm that is a number", header("{\"alg\":1,\"typ\":\"at+jwt\",\"kid\":\"x\"}"));
        tokens.put("encrypted for the public key", encrypted(key));
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
        said("a sign-in that is no id", claims -> claims.setClaim("sid", "' or 1=1"));
        said("a sign-in that is a list", claims -> claims.setClaim("sid", List.of("x")));
        said("no role", claims -> claims.unsetClaim("groups"));
        said("two roles", claims -> claims.setStringListClaim("groups", "customer", ROLE));
        said("roles of another kind", claims -> claims.setClaim("groups", Map.of("a", 1)));
        said("an expiry that is text", claims -> claims.setClaim("exp", "tomorrow"));
        said("an expiry beyond all numbers", claims -> claims.setClaim("exp", 1e300));
        twice("exp", "4102444800");
        twice("groups", "[\"platform_admin\"]");
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
        tokens.put("a padded signature", genuine + "=");
        tokens.put("a signature padded in full", genuine + "==");
        tokens.put("padded claims", parts[0] + "." + parts[1] + "=." + parts[2]);
        tokens.put("a padded header", parts[0] + "=." + parts[1] + "." + parts[2]);
        // 256 bytes leave four bits of the last character unused.
        var last = genuine.charAt(genuine.length() - 1);
        tokens.put("unused bits that are set", genuine.substring(0, genuine.length() - 1) + (char) (last + 1));
        tokens.put("12 kB", "a".repeat(12 * 1024));
        var padded = person();
        padded.setClaim("padding", "x".repeat(8 * 1024));
        tokens.put("12 kB, well signed", issuer.signed(padded));
    }

    private void said(String what, Consumer<JwtClaims> change) {
        var claims = person();
        change.accept(claims);
        tokens.put(what, issuer.signed(claims));
    }

    /** A claim that stands there twice: whichever of the two a reader takes, another may take the other (RFC 7519, 4). */
    private void twice(String claim, String second) {
        var json = person().toJson();
        var doubled = json.substring(0, json.length() - 1) + ",\"" + claim + "\":" + second + "}";
        tokens.put("two of " + claim, TestIssuer.signed(doubled, header("typ", "at+jwt"), issuer.key()));
    }

    private JwtClaims elsewhere() {
        var claims = person();
        claims.setIssuer("http://elsewhere.test");
        return claims;
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

    private String elliptic() throws JoseException {
        var jws = new JsonWebSignature();
        jws.setPayload(person().toJson());
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        jws.setHeader("typ", "at+jwt");
        jws.setKeyIdHeaderValue(issuer.key().getKeyId());
        jws.setKey(EcJwkGenerator.generateJwk(EllipticCurves.P256).getPrivateKey());
        return jws.getCompactSerialization();
    }

    private String encrypted(RsaJsonWebKey key) throws JoseException {
        var jwe = new JsonWebEncryption();
        jwe.setPayload(issuer.signed(person()));
        jwe.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.RSA_OAEP_256);
        jwe.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);
        jwe.setHeader("typ", "at+jwt");
        jwe.setKeyIdHeaderValue(key.getKeyId());
        jwe.setKey(key.getPublicKey());
        return jwe.getCompactSerialization();
    }

    /** With a header as given, which no library would write, and the signature of another token. */
    private String header(String json) {
        var genuine = issuer.signed(person()).split("\\.");
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8)) + "."
                + genuine[1] + "." + genuine[2];
    }

    private static NumericDate fromNow(int seconds) {
        var date = NumericDate.now();
        date.addSeconds(seconds);
        return date;
    }
}
