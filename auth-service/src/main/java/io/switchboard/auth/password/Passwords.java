package io.switchboard.auth.password;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.work.HashCaller;
import io.switchboard.auth.work.HashQueue;
import io.switchboard.kit.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Passwords of users: the rules for a new one, and the hashes. */
@ApplicationScoped
public class Passwords {
    private static final int SHORTEST = 10;
    private static final int LONGEST = 200;
    private static final Set<String> COMMON = common();

    private final HashQueue queue;

    public Passwords(HashQueue queue) {
        this.queue = queue;
    }

    /** Fails with {@code invalid} if the password is too short, too long or a common one. */
    public static void check(String field, String password) {
        var length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            throw Problem.invalid(field, "must have " + SHORTEST + " to " + LONGEST + " characters");
        }
        var plain = normal(password).toLowerCase(Locale.ROOT);
        if (COMMON.contains(plain) || plain.codePoints().distinct().count() < 4) {
            throw Problem.invalid(field, "is too easy to guess");
        }
    }

    /** Fails with {@code unavailable} (503) if too many wait already. */
    public Uni<String> hash(HashCaller caller, String password) {
        return queue.run(caller, () -> Argon2id.hash(bytes(password)));
    }

    /** Without a hash it does the same work, and is false. */
    public Uni<Boolean> matches(HashCaller caller, String password, @Nullable String hash) {
        return queue.run(
                caller,
                () -> Argon2id.matches(bytes(password), hash == null ? Argon2id.NOBODYS : hash) && hash != null);
    }

    private static byte[] bytes(String password) {
        return normal(password).getBytes(StandardCharsets.UTF_8);
    }

    /** Normalizes to NFKC: the same letters from another keyboard are the same password (NIST SP 800-63B). */
    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private static Set<String> common() {
        try (var list = Passwords.class.getResourceAsStream("/common-passwords.txt")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
