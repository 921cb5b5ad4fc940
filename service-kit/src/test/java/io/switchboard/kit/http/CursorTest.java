package io.switchboard.kit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.switchboard.kit.problem.Problem;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-06-01T12:00:00.123456Z");

    @Test
    void a_cursor_comes_back_as_it_went_out() {
        var cursor = Cursor.at(NOON, UUID.randomUUID());
        assertEquals(cursor, Cursor.parse(cursor.encoded()));
        assertEquals(NOON, Cursor.parse(cursor.encoded()).time());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "!!!", "AAAA", "' or 1=1 --", "%00"})
    void anything_else_is_refused(String text) {
        assertEquals(400, assertThrows(Problem.class, () -> Cursor.parse(text)).status());
    }

    @Test
    void a_cursor_of_another_order_is_refused() {
        var cursor = new Cursor("Ada", UUID.randomUUID());
        assertEquals("invalid_cursor", assertThrows(Problem.class, cursor::time).type());
    }

    @Test
    void one_row_more_than_the_limit_tells_of_a_next_page() {
        var page = new Page();
        page.limit = "2";
        assertEquals(3, page.rows());
        var id = UUID.randomUUID();
        assertNull(PageOf.of(List.of(1, 2), page, row -> Cursor.at(NOON, id)).nextCursor());
        var first = PageOf.of(List.of(1, 2, 3), page, row -> new Cursor(String.valueOf(row), id));
        assertEquals(List.of(1, 2), first.items());
        assertEquals("2", Cursor.parse(first.nextCursor()).key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "-1", "ten", "99999999999"})
    void a_limit_is_from_1_to_200(String limit) {
        var page = new Page();
        page.limit = limit;
        assertEquals(400, assertThrows(Problem.class, page::limit).status());
    }
}
