package io.switchboard.auth.apikey;

import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.problem.Problem;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/** The providers whose API keys are stored; the table's check has the same list. */
enum ApiKeyProvider {
    GROQ,
    DEEPGRAM,
    TWILIO("AC[0-9a-fA-F]{32}:[^:]{8,200}", "must be the account's SID, a colon and its token, as in AC…:…"),
    OPENAI,
    VAPI,
    ANTHROPIC,
    ELEVENLABS,
    RETELL,
    ASSEMBLYAI,
    GOOGLE,
    AZURE,
    CARTESIA,
    TELNYX,
    PLIVO("[A-Z0-9]{8,40}:[^:]{8,200}", "must be the Auth ID, a colon and the Auth Token"),
    VONAGE(
            "[0-9a-fA-F-]{36}:[A-Za-z0-9+/]+={0,2}",
            "must be the application's id, a colon and its private key (PKCS #8) in Base64") {
        @Override
        boolean isWhole(String apiKey) {
            return super.isWhole(apiKey) && isPrivateKey(apiKey.substring(apiKey.indexOf(':') + 1));
        }
    };

    private static final int MOST_BITS = 4096;

    private final Pattern form;
    private final String rule;

    ApiKeyProvider() {
        this(".*", "");
    }

    /** @param rule what a refusal says */
    ApiKeyProvider(String form, String rule) {
        this.form = Pattern.compile(form);
        this.rule = rule;
    }

    /** As on the wire and in the database. */
    String wire() {
        return EnumParam.wire(this);
    }

    /** Fails with {@code provider_not_found}. */
    static ApiKeyProvider of(String wire) {
        return Arrays.stream(values())
                .filter(provider -> provider.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("provider", wire));
    }

    /** Fails with {@code invalid} for a key of another form than this provider's; some have two parts. */
    void require(String apiKey) {
        if (!isWhole(apiKey)) {
            throw Problem.invalid("apiKey", rule);
        }
    }

    boolean isWhole(String apiKey) {
        return form.matcher(apiKey).matches();
    }

    /** A longer key, or one without its factors, would take voice-service seconds to sign with. */
    private static boolean isPrivateKey(String base64) {
        try {
            var key = KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
            return key instanceof RSAPrivateCrtKey rsa && rsa.getModulus().bitLength() <= MOST_BITS;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
