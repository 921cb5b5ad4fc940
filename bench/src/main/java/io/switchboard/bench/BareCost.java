package io.switchboard.bench;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** What hashing and signing cost by themselves, on all cores, with the parameters of auth-service. */
record BareCost(double hashesPerSecond, double signaturesPerSecond) {
    private static final int SECONDS = 4;
    private static final int MEMORY = 19 * 1024; // KiB

    /** Working memory that is used again costs half of what new memory does, as in auth-service. */
    private static final ThreadLocal<FixedBlockPool> BLOCKS =
            ThreadLocal.withInitial(() -> new FixedBlockPool(MEMORY + 8));

    static BareCost measure() {
        Say.line("W4: the bare hash and the bare signature");
        PrivateKey key = key();
        perSecond(BareCost::hash, SECONDS);
        perSecond(() -> sign(key), SECONDS);
        return new BareCost(perSecond(BareCost::hash, SECONDS), perSecond(() -> sign(key), SECONDS));
    }

    private static double perSecond(Runnable work, int seconds) {
        AtomicLong done = new AtomicLong();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        CompletableFuture.allOf(IntStream.range(0, Runtime.getRuntime().availableProcessors())
                        .mapToObj(core -> CompletableFuture.runAsync(
                                () -> {
                                    while (System.nanoTime() < end) {
                                        work.run();
                                        done.incrementAndGet();
                                    }
                                },
                                task -> new Thread(task).start()))
                        .toArray(CompletableFuture[]::new))
                .join();
        return done.get() / (double) seconds;
    }

    private static void hash() {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withMemoryAsKB(MEMORY)
                .withIterations(2)
                .withParallelism(1)
                .withSalt(new byte[16])
                .withBlockPool(BLOCKS.get())
                .build());
        generator.generateBytes("a horse, a battery, a staple".toCharArray(), new byte[32]);
    }

    private static void sign(PrivateKey key) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(new byte[400]);
            signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static PrivateKey key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair().getPrivate();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
