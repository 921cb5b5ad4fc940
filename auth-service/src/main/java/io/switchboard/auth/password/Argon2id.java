package io.switchboard.auth.password;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id (RFC 9106), as PHC strings: a hash names its own parameters, so that these can grow. Slow by design. */
public final class Argon2id {
    private static final int MEMORY = 19 * 1024; // KiB
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * The working memory is reused: collecting 19 MiB for each hash would cost more than clearing it. A hash has a pool to itself:
     * blocks that several take from one pool at once get mixed, and over scattered blocks it takes 1.4 times as long.
     */
    private static final Queue<FixedBlockPool> POOLS =
            new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

    /** A hash that no password has, so that an unknown account costs the same work. */
    public static final String NOBODYS = phc(new byte[SALT_BYTES], new byte[HASH_BYTES]);

    private Argon2id() {}

    public static String hash(byte[] secret) {
        var salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return phc(salt, derived(secret, salt, MEMORY, PASSES, LANES, HASH_BYTES));
    }

    public static boolean matches(byte[] secret, String phc) {
        var parts = PHC.matcher(phc);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not an Argon2id hash");
        }
        var salt = Base64.getDecoder().decode(parts.group(4));
        var expected = Base64.getDecoder().decode(parts.group(5));
        var actual = derived(
                secret,
                salt,
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                expected.length);
        return MessageDigest.isEqual(expected, actual);
    }

    private static byte[] derived(byte[] secret, byte[] salt, int memory, int passes, int lanes, int length) {
        var kept = POOLS.poll();
        var blocks = kept == null ? new FixedBlockPool(MEMORY + 8) : kept;
        try {
            var generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memory)
                    .withIterations(passes)
                    .withParallelism(lanes)
                    .withSalt(salt)
                    .withBlockPool(blocks)
                    .build());
            var hash = new byte[length];
            generator.generateBytes(secret, hash);
            return hash;
        } finally {
            POOLS.offer(blocks); // more than there are cores are not kept
        }
    }

    private static String phc(byte[] salt, byte[] hash) {
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY + ",t=" + PASSES + ",p=" + LANES + "$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(hash);
    }
}
