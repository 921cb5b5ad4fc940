package io.switchboard.voice.webhook;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Front;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.inbox.EventReasons;
import io.switchboard.voice.provider.Fixtures;
import io.switchboard.voice.provider.Mutation;
import io.switchboard.voice.provider.Provider;
import io.switchboard.voice.provider.SignedDelivery;
import io.switchboard.voice.signature.DeliveryLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Providers' samples, spoilt and then signed: each is answered, and comes to its end. {@code -Dmutations.seed=17} repeats a run,
 * {@code -Dmutations.count=50000} makes a longer one.
 */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class MutatedDeliveriesTest {
    private static final int COUNT = Integer.getInteger("mutations.count", 5_000);
    private static final int AT_ONCE = 16;

    /** How many deliveries there are for one of the largest size. */
    private static final int TO_A_LARGE_ONE = 250;

    private final long seed = Long.getLong("mutations.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final List<String> organizations = new ArrayList<>();
    private final List<CompletableFuture<Void>> answers = new ArrayList<>();
    private final Map<String, Integer> unexpected = new TreeMap<>();

    @Test
    void all_are_answered_and_end_as_done_or_dead_with_a_reason(TestReporter reporter) {
        reporter.publishEntry("mutations.seed", Long.toString(seed));
        var samples = samples();
        int sent = 0;
        Map<String, Front> fronts = Map.of();
        for (int round = 0; sent < COUNT; round++) {
            if (round % Mutation.OTHER_IDS == 0) {
                // Further ones with the same ids would mostly be taken for repeats.
                fronts = open();
            }
            for (var sample : samples) {
                var body = Mutation.otherIds(Fixtures.bytes(sample), round % Mutation.OTHER_IDS);
                send(fronts.get(providerOf(sample)), sample, body, sent++ % TO_A_LARGE_ONE == 0);
            }
        }
        answers.forEach(CompletableFuture::join);
        assertEquals(Map.of(), unexpected, this::seeded);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertEquals(List.of("0"), unfinished()));
        var reasons = column(
                "select distinct coalesce(error, 'none') from processed_webhook_events where status = 'dead' and ");
        assertFalse(reasons.isEmpty(), this::seeded);
        assertEquals(List.of(), EventReasons.strangersAmong(reasons), this::seeded);
    }

    private void send(Front front, String sample, byte[] body, boolean isLarge) {
        var mediaType = sample.endsWith(".form") ? SignedDelivery.FORM : "application/json";
        if (isLarge) {
            answers.forEach(CompletableFuture::join);
            int more = random.nextInt(2);
            boolean isTaken = more == 0 && !mediaType.equals(SignedDelivery.FORM);
            post(front, mediaType, Mutation.largest(body, DeliveryLimits.MOST_BYTES + more), isTaken ? 200 : 413)
                    .join();
        } else {
            var mutation = Mutation.values()[random.nextInt(Mutation.values().length)];
            answers.add(post(front, mediaType, mutation.of(body, random), 200));
        }
    }

    private CompletableFuture<Void> post(Front front, String mediaType, byte[] body, int expected) {
        var signed = SignedDelivery.of(front, mediaType, body);
        room.acquireUninterruptibly();
        return front.send(signed.query(), signed.headers(), body)
                .whenComplete((status, failure) -> room.release())
                .thenAccept(status -> check(front.provider(), expected, status));
    }

    private synchronized void check(String provider, int expected, int status) {
        if (status != expected) {
            unexpected.merge(provider + " answered " + status + " instead of " + expected, 1, Integer::sum);
        }
    }

    private Map<String, Front> open() {
        var admin = Caller.adminOfNewOrg();
        organizations.add("'" + admin.orgId() + "'");
        var fronts = new HashMap<String, Front>();
        for (Provider provider : Fixtures.providers()) {
            fronts.put(provider.name(), Front.of(admin, provider.name(), SignedDelivery.secret(provider.name())));
        }
        return fronts;
    }

    private static List<String> samples() {
        return Fixtures.providers().stream()
                .flatMap(provider -> Fixtures.files(provider.name()).stream())
                .filter(file -> file.endsWith(".json") || file.endsWith(".form"))
                .toList();
    }

    private static String providerOf(String sample) {
        return sample.substring(0, sample.indexOf('/'));
    }

    private List<String> unfinished() {
        return column("select count(*) from processed_webhook_events where status in ('pending', 'running') and ");
    }

    private List<String> column(String select) {
        return Sql.superuser()
                .column(select + "org_id in (" + organizations.stream().collect(Collectors.joining(", ")) + ")");
    }

    private String seeded() {
        return " with -Dmutations.seed=" + seed;
    }
}
