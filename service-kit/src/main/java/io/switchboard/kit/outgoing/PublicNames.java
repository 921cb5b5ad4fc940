package io.switchboard.kit.outgoing;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks names up, on threads of its own, since a name server may be slow on purpose: a name has one look-up at a time, an owner has
 * two, and each waits five seconds at most.
 */
@Singleton
class PublicNames {
    private static final int THREADS = 16;
    private static final int EACH_OWNER = 2;
    private static final int MOST_WAITING = 32; // of an owner
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final NameLookup lookup;
    private final Duration longest;
    private final Executor threads;
    private final Map<String, CompletableFuture<InetAddress[]>> lookUps = new HashMap<>();
    private final Map<Object, Turns> owners = new HashMap<>();

    /** The look-ups of an owner. */
    private static final class Turns {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int running;
    }

    @Inject
    PublicNames() {
        this(InetAddress::getAllByName, LONGEST);
    }

    PublicNames(NameLookup lookup, Duration longest) {
        this.lookup = lookup;
        this.longest = longest;
        var pool = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), PublicNames::thread);
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "outgoing-names");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * The address to connect to: one of the host's if all are public, or if the URL is an allowed place. Fails with
     * {@link UrlRefused} or {@link OutgoingFailure}; ends on any thread.
     */
    Uni<InetAddress> resolve(Object owner, OutgoingUrl url) {
        var literal = url.literal();
        if (literal != null) {
            return Uni.createFrom().item(() -> pin(url, literal));
        }
        return Uni.createFrom()
                .completionStage(() -> lookUp(owner, url.host()).copy()) // a cancelled copy leaves the others alone
                .ifNoItem()
                .after(longest)
                .failWith(() -> new OutgoingFailure("The look-up of its name took too long."))
                .map(addresses -> pin(url, addresses));
    }

    private static InetAddress pin(OutgoingUrl url, InetAddress... addresses) {
        if (!url.isAllowed() && !Arrays.stream(addresses).allMatch(PublicAddress::is)) {
            throw new UrlRefused("Its name leads to an address that is not public.");
        }
        return addresses[0];
    }

    private synchronized CompletableFuture<InetAddress[]> lookUp(Object owner, String host) {
        var same = lookUps.get(host);
        if (same != null) {
            return same;
        }
        var turns = owners.computeIfAbsent(owner, key -> new Turns());
        if (turns.waiting.size() >= MOST_WAITING) {
            return CompletableFuture.failedFuture(new OutgoingFailure("Too many names are being looked up."));
        }
        var result = new CompletableFuture<InetAddress[]>();
        lookUps.put(host, result);
        turns.waiting.add(() -> complete(result, host));
        begin(turns);
        result.whenComplete((addresses, failure) -> end(owner, host));
        return result;
    }

    private void begin(Turns turns) {
        while (turns.running < EACH_OWNER && !turns.waiting.isEmpty()) {
            turns.running++;
            threads.execute(turns.waiting.remove());
        }
    }

    private synchronized void end(Object owner, String host) {
        lookUps.remove(host);
        var turns = owners.get(owner);
        turns.running--;
        begin(turns);
        if (turns.running == 0) {
            owners.remove(owner);
        }
    }

    private void complete(CompletableFuture<InetAddress[]> result, String host) {
        try {
            result.complete(lookup.addresses(host));
        } catch (UnknownHostException e) {
            result.completeExceptionally(new OutgoingFailure("Its name leads to no address."));
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }
}
