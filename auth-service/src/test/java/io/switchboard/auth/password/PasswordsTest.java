package io.switchboard.auth.password;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.work.HashCaller;
import io.switchboard.auth.work.HashQueue;
import io.switchboard.kit.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    static final HashCaller ADA = HashCaller.proven("ada");
    static final Duration LONG = Duration.ofSeconds(20);
    final Passwords passwords = new Passwords(new HashQueue(64));

    @ParameterizedTest
    @ValueSource(
            strings = {"ninechars", "", "Password123", "1234567890", "qwertyuiop", "aaaaaaaaaaaaaa", "ababababababab"})
    void what_is_short_or_common_is_refused(String password) {
        var refusal = assertThrows(Problem.class, () -> Passwords.check("password", password));
        assertEquals(422, refusal.status());
        assertEquals("password", refusal.errors().get(0).field());
    }

    @Test
    void a_long_password_is_fine_up_to_a_bound() {
        assertDoesNotThrow(() -> Passwords.check("password", "a horse, a battery"));
        assertDoesNotThrow(() -> Passwords.check("password", "żółta łódź 日本"));
        assertThrows(Problem.class, () -> Passwords.check("password", "abcdefgh".repeat(26)));
    }

    @Test
    void only_the_password_itself_matches_its_hash() {
        var hash = wait(passwords.hash(ADA, "a horse, a battery"));
        assertTrue(wait(passwords.matches(ADA, "a horse, a battery", hash)));
        assertFalse(wait(passwords.matches(ADA, "a horse, a batterY", hash)));
        assertFalse(wait(passwords.matches(ADA, "a horse, a battery", null)));
    }

    @Test
    void a_letter_typed_in_two_parts_is_the_same_letter() {
        var hash = wait(passwords.hash(ADA, "caf\u00e9 au lait"));
        assertTrue(wait(passwords.matches(ADA, "cafe\u0301 au lait", hash)));
    }

    @Test
    void a_full_hash_queue_refuses_only_the_newcomers() {
        var few = new Passwords(new HashQueue(2));
        var all = Stream.generate(() -> few.hash(ADA, "a horse, a battery").subscribeAsCompletionStage())
                .limit(40)
                .toList();
        var refused = all.stream().filter(hash -> refusal(hash) != null).toList();
        assertTrue(refused.size() >= 40 - 2 - Runtime.getRuntime().availableProcessors() - 10, "most are refused");
        assertTrue(refused.size() < 40, "some are served");
        refused.forEach(hash -> assertEquals(503, refusal(hash).status()));
    }

    static Problem refusal(java.util.concurrent.CompletableFuture<String> hash) {
        return hash.handle((done, failure) -> failure instanceof Problem problem ? problem : null)
                .join();
    }

    static <T> T wait(Uni<T> work) {
        return work.subscribe()
                .asCompletionStage()
                .orTimeout(LONG.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                .join();
    }

    @Test
    void the_list_of_common_ones_holds_nothing_that_is_refused_anyway() {
        var list = new java.io.BufferedReader(
                        new java.io.InputStreamReader(Passwords.class.getResourceAsStream("/common-passwords.txt")))
                .lines()
                .toList();
        assertEquals(
                List.of(),
                list.stream()
                        .filter(word -> word.length() < 10 || !word.equals(word.toLowerCase()))
                        .toList());
    }
}
