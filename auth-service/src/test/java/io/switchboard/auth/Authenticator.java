package io.switchboard.auth;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import io.restassured.response.Response;
import io.switchboard.kit.test.Sql;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;

/** A user's authenticator app, set up from a secret in base32. */
public record Authenticator(String secret) {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static Authenticator startedBy(Person person) {
        var answer = person.caller().post("/api/me/totp", Map.of());
        answer.then().log().ifValidationFails().statusCode(200);
        return new Authenticator(answer.path("secret"));
    }

    /** Set up and confirmed; no code has been used yet, as far as the server remembers. */
    public static Authenticator of(Person person) {
        var authenticator = startedBy(person);
        authenticator.confirm(person);
        authenticator.forget(person);
        return authenticator;
    }

    public List<String> confirm(Person person) {
        Response answer = person.caller().post("/api/me/totp/confirm", Map.of("code", code()));
        answer.then().log().ifValidationFails().statusCode(200);
        return answer.path("recoveryCodes");
    }

    /** Has the server forget which code was used last, so that tests need not wait for the next. */
    public void forget(Person person) {
        Sql.superuser()
                .run("update user_totp set last_step = 0 where id = '"
                        + person.caller().id() + "'");
    }

    public String code() {
        return code(0);
    }

    /** @param offset steps of 30 seconds from now */
    public String code(int offset) {
        try {
            var key = new SecretKeySpec(bytes(), "HmacSHA1");
            var step = System.currentTimeMillis() / 30_000 + offset;
            return String.format("%06d", new HmacOneTimePasswordGenerator(6).generateOneTimePassword(key, step));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One that is right neither now nor about now. */
    public String wrongCode() {
        for (int i = 0; ; i++) {
            var code = String.format("%06d", i);
            if (!List.of(code(-2), code(-1), code(0), code(1), code(2)).contains(code)) {
                return code;
            }
        }
    }

    public byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        int bits = 0;
        int count = 0;
        for (var letter : secret.toCharArray()) {
            bits = bits << 5 | ALPHABET.indexOf(letter);
            count += 5;
            if (count >= 8) {
                count -= 8;
                bytes.write(bits >> count);
            }
        }
        return bytes.toByteArray();
    }
}
