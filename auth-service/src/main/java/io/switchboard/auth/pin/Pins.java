package io.switchboard.auth.pin;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.password.Argon2id;
import io.switchboard.auth.work.HashCaller;
import io.switchboard.auth.work.HashQueue;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.secret.Secret;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * PINs: how they are made, found and checked. One is found by its HMAC under a pepper that the database does not hold, and
 * checked by Argon2id over that HMAC, so that a stolen table gives nothing to guess against.
 */
@ApplicationScoped
public class Pins {
    static final int DIGITS = 8;

    private static final int SPACE = 100_000_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final HashQueue queue;
    private final List<Pepper> peppers; // the first is for new PINs

    /** @param peppers 32 bytes each, base64; several, the newest first, while clients still have PINs under older ones */
    public Pins(HashQueue queue, @ConfigProperty(name = "switchboard.pin-pepper") Secret peppers) {
        this.queue = queue;
        this.peppers =
                Arrays.stream(peppers.reveal().split(",")).map(Pepper::of).toList();
    }

    /** A PIN's hash, and the pepper that it was made with. */
    public record Hash(String phc, String keyId) {}

    public String generate() {
        String pin;
        do {
            pin = "%08d".formatted(RANDOM.nextInt(SPACE));
        } while (trivial(pin));
        return pin;
    }

    /** Fails with {@code invalid} where a PIN that was chosen is not 6 to 8 digits, or trivial. */
    public static void check(String field, String pin) {
        if (!pin.matches("[0-9]{6,8}")) {
            throw Problem.invalid(field, "must have 6 to 8 digits");
        }
        if (trivial(pin)) {
            throw Problem.invalid(field, "is too easy to guess");
        }
    }

    /** By what the PIN may be found, whichever pepper it was made with; the newest first. */
    public List<byte[]> keys(String pin) {
        return peppers.stream().map(pepper -> pepper.hmac(pin)).toList();
    }

    /** All keys of the PIN one after the other, as {@code sync_directory_pin} takes them. */
    byte[] claim(String pin) {
        var all = Buffer.buffer();
        keys(pin).forEach(all::appendBytes);
        return all.getBytes();
    }

    /** Fails with {@code unavailable} (503) if too many wait already. */
    public Uni<Hash> hash(HashCaller caller, String pin) {
        var pepper = peppers.get(0);
        return queue.run(caller, () -> new Hash(Argon2id.hash(pepper.hmac(pin)), pepper.id()));
    }

    /** Against no hash at all it does the same work, and says no. */
    public Uni<Boolean> matches(HashCaller caller, String pin, @Nullable Hash hash) {
        var pepper = hash == null ? peppers.get(0) : byId().get(hash.keyId());
        // A pepper that is gone from the configuration makes its PINs unknown.
        var known = hash != null && pepper != null;
        var secret = (known ? pepper : peppers.get(0)).hmac(pin);
        return queue.run(caller, () -> Argon2id.matches(secret, known ? hash.phc() : Argon2id.NOBODYS) && known);
    }

    /** One digit or two, a repetition, or steps of the same width: 77777777, 12121212, 12341234, 123456, 975319. */
    static boolean trivial(String pin) {
        return pin.chars().distinct().count() <= 2
                || repeats(pin)
                || evenSteps(pin)
                || (pin.length() % 2 == 0 && doubled(pin) && evenSteps(halved(pin)));
    }

    private static boolean repeats(String pin) {
        return (pin + pin).indexOf(pin, 1) < pin.length();
    }

    /** Counting on from 9 to 0 too. */
    private static boolean evenSteps(String pin) {
        var step = step(pin, 1);
        for (int i = 2; i < pin.length(); i++) {
            if (step(pin, i) != step) {
                return false;
            }
        }
        return true;
    }

    private static int step(String pin, int i) {
        return Math.floorMod(pin.charAt(i) - pin.charAt(i - 1), 10);
    }

    private static boolean doubled(String pin) {
        for (int i = 0; i < pin.length(); i += 2) {
            if (pin.charAt(i) != pin.charAt(i + 1)) {
                return false;
            }
        }
        return true;
    }

    private static String halved(String pin) {
        var half = new StringBuilder();
        for (int i = 0; i < pin.length(); i += 2) {
            half.append(pin.charAt(i));
        }
        return half.toString();
    }

    private Map<String, Pepper> byId() {
        return peppers.stream().collect(Collectors.toMap(Pepper::id, Function.identity()));
    }
}
