package io.switchboard.auth.totp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TotpSecretTest {
    /** RFC 6238, appendix B. */
    final TotpSecret seed = TotpSecret.of("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    @Test
    void codes_are_those_of_the_standard() {
        assertEquals("287082", seed.code(59 / 30));
        assertEquals("081804", seed.code(1111111109L / 30));
        assertEquals("353130", seed.code(20000000000L / 30));
    }

    @Test
    void a_clock_may_be_one_step_off() {
        assertEquals(OptionalLong.of(9), seed.step(seed.code(9), 10));
        assertEquals(OptionalLong.of(11), seed.step(seed.code(11), 10));
        assertTrue(seed.step(seed.code(12), 10).isEmpty());
        assertTrue(seed.step(seed.code(8), 10).isEmpty());
        assertTrue(seed.step("ä", 10).isEmpty());
    }

    @Test
    void apps_read_it_as_base32_or_from_a_uri() {
        assertEquals("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", seed.base32());
        assertEquals(
                "MZXW6YQ",
                TotpSecret.of("foob".getBytes(StandardCharsets.US_ASCII)).base32());
        assertEquals(
                "otpauth://totp/Switchboard:ada%2Bx%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        + "&issuer=Switchboard&algorithm=SHA1&digits=6&period=30",
                seed.uri("ada+x@example.com"));
    }

    @Test
    void it_does_not_print() {
        assertEquals("***", seed.toString());
    }
}
