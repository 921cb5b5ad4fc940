package io.switchboard.kit.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListQueryTest {
    private static final UUID ORG = UUID.randomUUID();
    private static final UUID ID = UUID.randomUUID();
    private static final OffsetDateTime AT = OffsetDateTime.parse("2026-06-01T00:00:00Z");
    private static final String SELECT = "select id from contacts where org_id = $1";

    private static Page page(Cursor after) {
        return new Page() {
            @Override
            public Cursor after() {
                return after;
            }
        };
    }

    private static final Page FIRST = page(null);
    private static final Page NEXT = page(Cursor.at(AT, ID));

    @Test
    void a_first_page_begins_with_the_newest() {
        var list = new ListQuery(FIRST, SELECT, ORG).newestFirst();
        assertEquals(SELECT + " order by created_at desc, id desc limit $2", list.text());
        assertEquals(List.of(ORG, 51), values(list.args()));
    }

    @Test
    void a_next_page_begins_after_the_cursor() {
        var list = new ListQuery(NEXT, SELECT, ORG).newestFirst("c.at", "c.id");
        assertEquals(SELECT + " and (c.at, c.id) < ($2, $3) order by c.at desc, c.id desc limit $4", list.text());
        assertEquals(List.of(ORG, AT, ID, 51), values(list.args()));
    }

    @Test
    void ids_alone_may_be_the_order() {
        assertEquals(
                SELECT + " and id < $2 order by id desc limit $3",
                new ListQuery(NEXT, SELECT, ORG).newestFirstById().text());
    }

    @Test
    void filters_that_are_not_given_leave_no_condition() {
        var list = new ListQuery(FIRST, SELECT, ORG)
                .andIfGiven("phone = ?", null)
                .andIfGiven("name = ?", "Ada")
                .and("id in (select search(?, ?))", "word", null)
                .newestFirstById();
        assertEquals(
                SELECT + " and name = $2 and id in (select search($3, $4)) order by id desc limit $5", list.text());
        assertEquals("word", list.args().getValue(2));
    }

    @Test
    void what_a_sub_select_finds_is_sorted() {
        var list =
                new ListQuery(FIRST, "select (select 1) from contacts where org_id = $1", ORG).and("name = ?", "Ada");
        assertTrue(list.newestFirst().isInOrder());
        var found = new ListQuery(FIRST, SELECT, ORG).andIfGiven("id in (select search(?))", "word");
        assertFalse(found.newestFirst().isInOrder());
        assertFalse(new ListQuery(FIRST, SELECT, ORG).newestFirst().sorted().isInOrder());
    }

    @Test
    void conditions_with_indexes_of_their_own_are_merged() {
        var list = new ListQuery(FIRST, "select", ORG).orderedForEach(List.of("a", "b"), "id desc");
        assertEquals(
                "select * from ((select and a order by id desc limit $2) union all (select and b order by id desc limit $2))"
                        + " as merged order by id desc limit $2",
                list.text());
    }

    @Test
    void a_function_gets_the_cursor_and_the_number_of_rows() {
        assertEquals(
                List.of(AT, ID, 51),
                values(ListQuery.ofFunction(NEXT, "f($1, $2, $3)").args()));
        assertEquals(3, ListQuery.ofFunction(FIRST, "f($1, $2, $3)").args().size());
    }

    @Test
    void each_placeholder_needs_a_value() {
        var list = new ListQuery(FIRST, SELECT, ORG);
        assertThrows(IllegalArgumentException.class, () -> list.and("name = ?"));
        assertThrows(IllegalArgumentException.class, () -> list.and("name = 'x'", "y"));
    }

    private static List<Object> values(Tuple args) {
        return IntStream.range(0, args.size()).mapToObj(args::getValue).toList();
    }
}
