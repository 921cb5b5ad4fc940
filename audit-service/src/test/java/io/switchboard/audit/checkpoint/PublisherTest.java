package io.switchboard.audit.checkpoint;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.audit.SampleEvents;
import io.switchboard.audit.checkpoint.MemoryStore.Mood;
import io.switchboard.audit.checkpoint.Publisher.Outcome;
import io.switchboard.audit.format.SignedNote;
import io.switchboard.audit.store.S3Server;
import io.switchboard.kit.test.ErrorLog;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PublisherTest {
    private static final Instant START = Instant.parse("2026-11-20T11:47:01.583Z");

    @Inject
    PublishedTrees published;

    @Inject
    SigningKeys keys;

    @Inject
    Vertx vertx;

    private final MemoryStore store = new MemoryStore();
    private Instant now = START;

    /** What other tests left unpublished, or leased, is not this test's. */
    @BeforeEach
    void publishAll() {
        endLease();
        Sql.superuser().run("update trees set exported_size = size, exported_frontier = frontier");
    }

    @Test
    void the_journal_has_each_new_leaf_of_all_organizations_and_a_checkpoint_that_ends_with_it() {
        var small = SeededTree.of(1);
        var grown = SeededTree.of(3, 200, 1);
        assertEquals(Outcome.COMPLETE, publish(publisher()));
        assertEquals(1, store.objects.size(), "one object for all");
        assertTrue(
                store.objects.firstKey().matches("journal/2026/11/20/114701\\.583-[0-9a-f-]{36}\\.jsonl\\.gz"),
                store.objects::firstKey);
        assertJournalled(small, 0);
        assertJournalled(grown, 0);

        grown.grow(50);
        assertEquals(Outcome.COMPLETE, publish(publisher()));
        assertJournalled(grown, 0, 204);
        assertJournalled(small, 0);
        assertEquals(Outcome.COMPLETE, publish(publisher()));
        assertEquals(2, store.objects.size(), "nothing new, no object");
    }

    @Test
    void a_bucket_takes_the_journal_as_well(@TempDir Path folder) {
        var tree = SeededTree.of(2000);
        try (var server = S3Server.start(folder);
                var bucket = server.open("journal")) {
            assertEquals(Outcome.COMPLETE, publish(new Publisher(published, keys, () -> bucket, () -> now, vertx)));
            for (var name : bucket.list("journal/", "", 10)) {
                store.objects.put(name, bucket.get(name));
            }
        }
        assertJournalled(tree, 0);
    }

    @Test
    void a_put_whose_answer_is_lost_is_repeated_under_its_name() {
        var tree = SeededTree.of(5);
        var publisher = publisher();
        store.mood = Mood.ANSWER_LOST;
        assertThrows(IllegalStateException.class, () -> publish(publisher));
        assertEquals(0, tree.exportedSize(), "only what is surely there is noted");
        tree.grow(5);
        store.mood = Mood.WELL;
        assertEquals(Outcome.COMPLETE, publish(publisher));
        assertEquals(2, store.objects.size());
        assertEquals(store.tried.get(0), store.tried.get(1));
        assertJournalled(tree, 0, 5);
    }

    @Test
    void a_store_that_lies_or_spoils_is_not_believed() {
        var tree = SeededTree.of(5);
        var publisher = publisher();
        for (var mood : List.of(Mood.LIES, Mood.SPOILS)) {
            store.mood = mood;
            assertThrows(IllegalStateException.class, () -> publish(publisher));
            assertEquals(0, tree.exportedSize());
        }
        store.objects.clear();
        store.mood = Mood.WELL;
        assertEquals(Outcome.COMPLETE, publish(publisher));
        assertJournalled(tree, 0);
    }

    @Test
    void a_replica_that_dies_between_put_and_note_leaves_a_range_that_comes_again_alike() {
        var tree = SeededTree.of(5);
        store.mood = Mood.ANSWER_LOST;
        assertThrows(IllegalStateException.class, () -> publish(publisher()));
        store.mood = Mood.WELL;
        var next = publisher();
        assertEquals(Outcome.ELSEWHERE, publish(next), "as long as the lease of the dead one lasts");
        endLease();
        assertEquals(Outcome.COMPLETE, publish(next));
        var ranges = ranges(tree);
        assertEquals(2, ranges.size());
        assertEquals(ranges.get(0).leaves(), ranges.get(1).leaves());
        assertEquals(ranges.get(0).from(), ranges.get(1).from());
    }

    @Test
    void a_lease_of_a_clock_that_was_set_back_holds_up_nobody() {
        var tree = SeededTree.of(5);
        Sql.superuser()
                .run("update publishing set holder = gen_random_uuid(), lease_until = now() + interval '59 seconds'");
        assertEquals(Outcome.ELSEWHERE, publish(publisher()));
        Sql.superuser().run("update publishing set lease_until = now() + interval '1 hour'");
        assertEquals(Outcome.COMPLETE, publish(publisher()));
        assertJournalled(tree, 0);
    }

    @Test
    void replicas_at_once_publish_each_leaf_once() {
        var trees = List.of(SeededTree.of(1), SeededTree.of(1), SeededTree.of(1));
        var replicas = List.of(publisher(), publisher(), publisher());
        for (int round = 0; round < 5; round++) {
            trees.forEach(tree -> tree.grow(2, 3));
            replicas.stream()
                    .map(replica -> CompletableFuture.supplyAsync(() -> publish(replica)))
                    .toList()
                    .forEach(CompletableFuture::join);
        }
        assertEquals(Outcome.COMPLETE, publish(publisher()));
        for (var tree : trees) {
            assertEquals(
                    leaves(tree),
                    ranges(tree).stream()
                            .flatMap(range -> range.leaves().stream())
                            .toList());
        }
    }

    @Test
    void a_backlog_becomes_objects_of_bounded_size_and_holds_up_nobody() {
        var large = SeededTree.of(5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 4321);
        var small = SeededTree.of(1);
        assertEquals(Outcome.COMPLETE, publish(publisher()));
        assertEquals(3, store.objects.size(), "no more than 20,000 leaves and a block in one");
        assertEquals(
                1,
                JournalledRange.of(small.org, List.of(store.objects.firstEntry().getValue()))
                        .size());
        assertJournalled(large, 0, 20_000, 40_000);
        assertJournalled(small, 0);
    }

    @Test
    void nothing_is_signed_of_a_tree_that_does_not_add_up() {
        var well = SeededTree.of(3);
        var changed = SeededTree.of(3);
        var lost = SeededTree.of(2, 2);
        Sql.superuser()
                .withoutTriggers()
                .run(
                        "update blocks set leaves = set_byte(leaves, 40, get_byte(leaves, 40) # 1) where org_id = '"
                                + changed.org + "'",
                        "delete from blocks where first = 0 and org_id = '" + lost.org + "'");
        var publisher = publisher();
        try (var log = ErrorLog.listen()) {
            assertEquals(Outcome.BROKEN, publish(publisher));
            assertEquals(2, publisher.broken());
            var lines = String.join("\n", log.lines());
            assertTrue(lines.contains("does not add up"), lines);
        }
        assertJournalled(well, 0);
        assertEquals(List.of(), ranges(changed));
        assertEquals(List.of(), ranges(lost));
        Sql.superuser()
                .withoutTriggers()
                .run("delete from trees where org_id in ('" + changed.org + "', '" + lost.org + "')");
        assertEquals(Outcome.COMPLETE, publish(publisher));
        assertEquals(0, publisher.broken());
    }

    @Test
    void while_the_store_is_away_for_30_s_nothing_is_lost_or_doubled() {
        var tree = SeededTree.of(10);
        var times = times(publisher());
        look(times);
        assertJournalled(tree, 0);
        tree.grow(10);
        store.mood = Mood.AWAY;
        now = now.plusSeconds(59);
        look(times);
        assertEquals(1, store.tried.size(), "not yet 60 s");
        now = now.plusSeconds(1);
        for (int second = 0; second < 30; second++) {
            if (second == 12) {
                tree.grow(10);
            }
            lookInVain(times);
            now = now.plusSeconds(1);
        }
        assertEquals(Duration.ofSeconds(90), times.age());
        assertEquals(7, store.tried.size(), "tried again each 5 s");
        assertEquals(1, store.objects.size());
        store.mood = Mood.WELL;
        look(times);
        assertJournalled(tree, 0, 10, 20);
        assertEquals(Duration.ZERO, times.age());
        assertEquals(1, store.tried.stream().skip(1).limit(7).distinct().count(), "always the same object");
    }

    @Test
    void a_thousand_records_of_one_organization_are_published_at_once() {
        var times = times(publisher());
        look(times);
        var org = UUID.randomUUID();
        recordAndSeal(org, 999, 999);
        look(times);
        assertEquals(List.of(), JournalledRange.of(org, store.objects.values()));
        recordAndSeal(org, 1, 1000);
        look(times);
        var ranges = JournalledRange.of(org, store.objects.values());
        assertEquals(1, ranges.size());
        assertEquals(1000, ranges.get(0).leaves().size());
    }

    private static void recordAndSeal(UUID org, int count, int size) {
        SampleEvents.record(
                IntStream.range(0, count).mapToObj(i -> SampleEvents.event(org)).toList());
        var sealed = "select count(*) from trees where org_id = '" + org + "' and size = " + size;
        await().atMost(Duration.ofSeconds(20)).until(() -> Sql.superuser().number(sealed) == 1);
    }

    @Test
    void a_note_of_the_journal_that_fails_is_made_good() {
        var tree = SeededTree.of(5);
        var publisher = publisher();
        Sql.superuser().run("alter table trees add constraint away check (checkpoint is null) not valid");
        try {
            assertThrows(Exception.class, () -> publish(publisher));
        } finally {
            Sql.superuser().run("alter table trees drop constraint away");
        }
        assertEquals(Outcome.COMPLETE, publish(publisher));
        assertJournalled(tree, 0);
    }

    private void assertJournalled(SeededTree tree, long... froms) {
        var ranges = ranges(tree);
        var found = new ArrayList<String>();
        var ids = new ArrayList<String>();
        for (int i = 0; i < ranges.size(); i++) {
            var range = ranges.get(i);
            assertEquals(froms[i], range.from());
            found.addAll(range.leaves());
            ids.addAll(range.ids());
            var note = SignedNote.parse(range.checkpoint());
            assertTrue(note.isSignedBy(keys.verifierKeys(tree.org).get(0)));
            assertEquals(
                    "issuer.test/audit/" + tree.org + "\n" + found.size() + "\n"
                            + base64(root(tree.leaves.subList(0, found.size()))) + "\n",
                    note.text());
        }
        assertEquals(froms.length, ranges.size());
        assertEquals(leaves(tree), found);
        assertEquals(tree.ids.stream().map(Object::toString).toList(), ids);
        assertEquals(tree.leaves.size(), tree.exportedSize());
        assertEquals(ranges.get(ranges.size() - 1).checkpoint(), tree.checkpoint());
    }

    /** RFC 9162, 2.1.1, as it is written there. */
    private static byte[] root(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int half = Integer.highestOneBit(leaves.size() - 1);
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update((byte) 1);
            sha256.update(root(leaves.subList(0, half)));
            return sha256.digest(root(leaves.subList(half, leaves.size())));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> leaves(SeededTree tree) {
        return tree.leaves.stream().map(PublisherTest::base64).toList();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private List<JournalledRange> ranges(SeededTree tree) {
        return JournalledRange.of(tree.org, store.objects.values());
    }

    private Publisher publisher() {
        return new Publisher(published, keys, () -> store, () -> now, vertx);
    }

    private PublishingTimes times(Publisher publisher) {
        return new PublishingTimes(publisher, published, () -> now, Duration.ofSeconds(60), 1000);
    }

    private static Outcome publish(Publisher publisher) {
        return publisher.publish().await().atMost(Duration.ofSeconds(20));
    }

    private static void look(PublishingTimes times) {
        times.look().await().atMost(Duration.ofSeconds(20));
    }

    private static void lookInVain(PublishingTimes times) {
        try {
            look(times);
        } catch (IllegalStateException away) {
            assertFalse(away.getMessage().isEmpty());
        }
    }

    private static void endLease() {
        Sql.superuser().run("update publishing set lease_until = '-infinity'");
    }
}
