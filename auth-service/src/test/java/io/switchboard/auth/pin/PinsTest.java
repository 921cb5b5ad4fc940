package io.switchboard.auth.pin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.work.HashCaller;
import io.switchboard.auth.work.HashQueue;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.secret.Secret;
import java.util.Base64;
import java.util.HashSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinsTest {
    static final HashCaller ADA = HashCaller.proven("ada");
    static final String OLD = pepper(1);
    static final String NEW = pepper(2);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "111111",
                "123456",
                "654321",
                "12345678",
                "98765432",
                "78901234",
                "12121212",
                "12341234",
                "123123",
                "112233",
                "11223344",
                "13579135",
                "90909090",
                "55555557"
            })
    void trivial_pins_are_refused(String pin) {
        assertTrue(Pins.trivial(pin));
        assertEquals(
                422, assertThrows(Problem.class, () -> Pins.check("pin", pin)).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345", "123456789", "1a345678", "", "４８１９２６３", " 481926"})
    void a_pin_is_six_to_eight_plain_digits(String pin) {
        assertThrows(Problem.class, () -> Pins.check("pin", pin));
    }

    @ParameterizedTest
    @ValueSource(strings = {"481926", "70351982", "4819263"})
    void other_pins_may_be_chosen(String pin) {
        assertDoesNotThrow(() -> Pins.check("pin", pin));
    }

    @Test
    void generated_pins_have_eight_digits_and_hardly_ever_repeat() {
        var pins = pins(NEW);
        var made = new HashSet<String>();
        for (int i = 0; i < 2_000; i++) {
            var pin = pins.generate();
            assertTrue(pin.matches("[0-9]{8}") && !Pins.trivial(pin), pin);
            made.add(pin);
        }
        assertTrue(made.size() > 1_990);
    }

    @Test
    void a_pin_is_found_by_its_pepper_alone() {
        assertArrayEquals(pins(NEW).claim("48192637"), pins(NEW).claim("48192637"));
        assertFalse(
                java.util.Arrays.equals(pins(NEW).claim("48192637"), pins(OLD).claim("48192637")));
    }

    @Test
    void a_pin_made_with_an_older_pepper_is_still_found_and_checked() {
        var hash = wait(pins(OLD).hash(ADA, "48192637"));
        var both = pins(NEW + "," + OLD);
        assertArrayEquals(pins(OLD).claim("48192637"), both.keys("48192637").get(1));
        assertEquals(64, both.claim("48192637").length);
        assertTrue(wait(both.matches(ADA, "48192637", hash)));
        assertFalse(wait(both.matches(ADA, "48192638", hash)));
        assertFalse(wait(pins(NEW).matches(ADA, "48192637", hash)), "the pepper is gone");
        assertFalse(wait(both.matches(ADA, "48192637", null)));
    }

    @Test
    void a_short_pepper_is_refused() {
        assertThrows(
                IllegalArgumentException.class, () -> pins(Base64.getEncoder().encodeToString(new byte[16])));
    }

    static Pins pins(String peppers) {
        return new Pins(new HashQueue(8), Secret.valueOf(peppers));
    }

    static String pepper(int fill) {
        var bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }

    static <T> T wait(Uni<T> work) {
        return work.subscribe()
                .asCompletionStage()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
