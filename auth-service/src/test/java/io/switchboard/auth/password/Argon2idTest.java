package io.switchboard.auth.password;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.auth.Parallel;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class Argon2idTest {
    static final byte[] SECRET = "correct horse battery".getBytes(UTF_8);

    @Test
    void a_hash_matches_its_own_secret_and_no_other() {
        var hash = Argon2id.hash(SECRET);
        assertTrue(hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hash);
        assertTrue(Argon2id.matches(SECRET, hash));
        assertFalse(Argon2id.matches("correct horse batterz".getBytes(UTF_8), hash));
    }

    @Test
    void the_same_secret_never_hashes_alike() {
        assertNotEquals(Argon2id.hash(SECRET), Argon2id.hash(SECRET));
    }

    /** From the tests of the reference implementation (P-H-C/phc-winner-argon2). */
    @Test
    void hashes_of_other_parameters_and_makers_are_understood() {
        var reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assertTrue(Argon2id.matches("password".getBytes(UTF_8), reference));
        assertFalse(Argon2id.matches("password".getBytes(UTF_8), reference.replace("t=2", "t=3")));
    }

    @Test
    void anything_but_an_argon2id_hash_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> Argon2id.matches(SECRET, "$2a$10$bcrypt"));
    }

    @Test
    void nothing_matches_the_hash_without_a_password() {
        assertFalse(Argon2id.matches(SECRET, Argon2id.NOBODYS));
        assertEquals(Argon2id.hash(SECRET).length(), Argon2id.NOBODYS.length());
    }

    @Test
    void hashes_that_are_made_at_once_do_not_disturb_each_other() {
        var hash = Argon2id.hash(SECRET);
        var other = "correct horse batterz".getBytes(UTF_8);
        assertEquals(
                Collections.nCopies(16, List.of(true, false)),
                Parallel.times(16, () -> List.of(Argon2id.matches(SECRET, hash), Argon2id.matches(other, hash))));
    }
}
