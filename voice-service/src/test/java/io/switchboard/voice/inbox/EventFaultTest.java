package io.switchboard.voice.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.pgclient.PgException;
import java.time.DateTimeException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventFaultTest {
    private static final String SECRET = "what was sent";

    @Test
    void data_that_the_database_refuses_is_not_tried_again() {
        for (var state : List.of("22003", "22007", "22P05", "23514", "54000", "SB409")) {
            assertTrue(EventFault.of(database(state)).isFinal(), state);
        }
    }

    @Test
    void what_another_time_may_succeed_is_tried_again() {
        for (var state : List.of("23503", "23505", "40001", "40P01", "55P03", "57014", "57P01", "53300")) {
            assertFalse(EventFault.of(database(state)).isFinal(), state);
        }
        assertFalse(EventFault.of(new IllegalStateException(SECRET)).isFinal());
    }

    @Test
    void permanent_failures_are_final() {
        assertTrue(EventFault.of(new PermanentFailure("It is slow.")).isFinal());
    }

    @Test
    void reasons_and_the_log_quote_nothing() {
        for (var failure : List.of(database("22003"), new DateTimeException(SECRET), new ArithmeticException(SECRET))) {
            assertFalse(EventFault.of(failure).reason().contains(SECRET));
            assertFalse(EventFault.kind(failure).contains(SECRET));
        }
        assertEquals("SQLSTATE 22003", EventFault.kind(database("22003")));
    }

    private static PgException database(String state) {
        return new PgException(SECRET, "ERROR", state, SECRET);
    }
}
