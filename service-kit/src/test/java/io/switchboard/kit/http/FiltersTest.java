package io.switchboard.kit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.switchboard.kit.problem.Problem;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {
    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-06-01T12:00:00Z");

    @Test
    void an_empty_one_is_absent() {
        for (var empty : new String[] {null, "", " ", "\t"}) {
            assertNull(Filters.text("q", empty));
            assertNull(Filters.phone("phone", empty));
            assertNull(Filters.time("from", empty));
            assertNull(Filters.uuid("id", empty));
        }
    }

    @Test
    void a_blank_before_digits_was_a_plus() {
        assertEquals("+12125550199", Filters.phone("phone", " 12125550199"));
        assertEquals("+12125550199", Filters.phone("phone", "+12125550199 "));
        assertEquals("030 123456", Filters.phone("phone", " 030 123456"));
        assertEquals("(212) 555-0199", Filters.phone("phone", " (212) 555-0199"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-06-01T12:00:00Z",
                "2026-06-01T14:00:00+02:00",
                "2026-06-01T14:00:00 02:00",
                "2026-06-01T14:00:00 0200",
                "2026-06-01T14:00 02",
                "2026-06-01 14:00:00 02:00",
                "2026-06-01 12:00:00Z"
            })
    void so_it_was_in_a_time(String text) {
        assertEquals(NOON, Filters.time("from", text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2026-06-01",
                "2026-06-01T12:00:00",
                "2026-06-01 12:00:00",
                "1780315200",
                "+294277-01-01T00:00:00Z",
                " 10000-01-01T00:00:00Z",
                "-4800-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59Z",
                "0000-01-01T00:00:00Z"
            })
    void a_time_is_rfc_3339_with_a_year_of_four_digits(String text) {
        assertEquals("from", refused(() -> Filters.time("from", text)));
    }

    @Test
    void one_that_is_too_long_is_named() {
        var long_ = "1".repeat(8_000);
        assertEquals("q", refused(() -> Filters.text("q", long_)));
        assertEquals("phone", refused(() -> Filters.phone("phone", long_)));
        assertEquals("from", refused(() -> Filters.time("from", long_)));
        assertEquals("id", refused(() -> Filters.uuid("id", long_)));
    }

    @Test
    void a_uuid_is_a_whole_one() {
        var id = UUID.randomUUID();
        assertEquals(id, Filters.uuid("id", " " + id + " "));
        assertEquals("id", refused(() -> Filters.uuid("id", "1-1-1-1-1")));
        assertEquals("id", refused(() -> Filters.uuid("id", "x".repeat(36))));
    }

    @Test
    void a_date_is_a_day_that_there_is() {
        assertEquals(LocalDate.of(2028, 2, 29), Filters.date("from", " 2028-02-29 "));
        assertNull(Filters.date("from", ""));
        for (var text :
                List.of("2027-02-29", "0000-01-01", "2028-2-9", "2028-02-29T00:00:00Z", "+10000-01-01", "today")) {
            assertEquals("from", refused(() -> Filters.date("from", text)));
        }
    }

    @Test
    void a_flag_is_true_or_false() {
        assertEquals(true, Filters.flag("isActive", "true"));
        assertEquals(false, Filters.flag("isActive", " false "));
        assertNull(Filters.flag("isActive", ""));
        assertEquals("isActive", refused(() -> Filters.flag("isActive", "yes")));
    }

    private static String refused(org.junit.jupiter.api.function.Executable filter) {
        var problem = assertThrows(Problem.class, filter);
        assertEquals("invalid_filter", problem.type());
        return problem.errors().get(0).field();
    }
}
