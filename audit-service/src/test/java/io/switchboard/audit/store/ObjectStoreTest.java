package io.switchboard.audit.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for a directory and for an S3-compatible store alike. */
class ObjectStoreTest {
    @TempDir
    static Path folder;

    static S3Server server;
    static ObjectStore s3;
    static ObjectStore directory;

    @BeforeAll
    static void start() {
        server = S3Server.start(folder);
        s3 = server.open("journal");
        directory = new DirectoryStore(folder.resolve("made/when/missing"));
    }

    @AfterAll
    static void stop() {
        s3.close();
        server.close();
    }

    static Stream<ObjectStore> stores() {
        return Stream.of(directory, s3);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("stores")
    void what_is_put_is_found_and_never_replaced(ObjectStore store) {
        assertTrue(store.putIfAbsent("once/a-1.gz", bytes("first")));
        assertFalse(store.putIfAbsent("once/a-1.gz", bytes("second")));
        assertArrayEquals(bytes("first"), store.get("once/a-1.gz"));
        var large = new byte[3_000_000];
        large[2_999_999] = 7;
        assertTrue(store.putIfAbsent("once/large", large));
        assertArrayEquals(large, store.get("once/large"));
        assertTrue(store.putIfAbsent("once/empty", new byte[0]));
        assertArrayEquals(new byte[0], store.get("once/empty"));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("stores")
    void of_20_puts_at_once_one_wins(ObjectStore store) throws Exception {
        var together = new CountDownLatch(1);
        var threads = Executors.newFixedThreadPool(20);
        try {
            var puts = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 20; i++) {
                int number = i;
                puts.add(() -> {
                    together.await();
                    return put(store, number) ? number : -1;
                });
            }
            var results = puts.stream().map(threads::submit).toList();
            together.countDown();
            var winners = new ArrayList<Integer>();
            for (var result : results) {
                winners.add(result.get());
            }
            winners.removeIf(number -> number < 0);
            assertEquals(1, winners.size(), "winners " + winners);
            assertArrayEquals(bytes("number " + winners.get(0)), store.get("race/one"));
        } finally {
            threads.shutdownNow();
        }
    }

    /** One that is told to try again has not won. */
    private static boolean put(ObjectStore store, int number) {
        try {
            return store.putIfAbsent("race/one", bytes("number " + number));
        } catch (StoreFailure undecided) {
            return false;
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("stores")
    void what_is_missing_is_null_and_deleting_it_is_no_failure(ObjectStore store) {
        assertNull(store.get("nowhere/none"));
        store.delete("nowhere/none");
        assertEquals(List.of(), store.list("nowhere/", "", 10));
        store.putIfAbsent("gone/one", bytes("1"));
        store.delete("gone/one");
        assertNull(store.get("gone/one"));
        assertTrue(store.putIfAbsent("gone/one", bytes("2")));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("stores")
    void a_list_goes_by_the_bytes_of_names_page_after_page(ObjectStore store) {
        var names = List.of("list/a.b", "list/a/1", "list/a/2", "list/a/z/3", "list/a0", "list/b");
        names.forEach(name -> store.putIfAbsent(name, bytes(name)));
        assertEquals(names, store.list("list/", "", 10));
        assertEquals(names.subList(1, 4), store.list("list/a/", "", 10));
        var found = new ArrayList<String>();
        for (var page = store.list("list/", "", 2); !page.isEmpty(); page = store.list("list/", last(page), 2)) {
            assertTrue(page.size() <= 2);
            found.addAll(page);
        }
        assertEquals(names, found);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("stores")
    void no_name_leads_out(ObjectStore store) {
        for (var name : List.of("../out", "a/../../out", "/etc/out", "a//b", "a/", "", ".hidden", "a/.new-1", "a\\b")) {
            assertThrows(IllegalArgumentException.class, () -> store.putIfAbsent(name, bytes("x")), name);
            assertThrows(IllegalArgumentException.class, () -> store.get(name), name);
            assertThrows(IllegalArgumentException.class, () -> store.delete(name), name);
        }
        assertThrows(IllegalArgumentException.class, () -> store.list("../", "", 1));
        var tooLong = IntStream.range(0, 501).mapToObj(i -> "n").reduce("", String::concat);
        assertThrows(IllegalArgumentException.class, () -> store.get(tooLong));
    }

    private static String last(List<String> page) {
        return page.get(page.size() - 1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
