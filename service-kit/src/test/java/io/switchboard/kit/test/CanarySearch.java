package io.switchboard.kit.test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Looks for what must be gone: texts that only one person's data hold, such as a made-up name, an address, the digits of a number.
 * After the person is erased, {@code assertEquals(List.of(), CanarySearch.find("Zanzibar-7", "15555550142"))}.
 *
 * <p>It reads every column of every table of the service's schema past all policies: text, numbers, JSON and arrays by their text, without
 * regard to case, {@code bytea} by its bytes. What is sealed or compressed it cannot see: such rows a test counts.
 */
public final class CanarySearch {
    private static final String COLUMNS =
            "select format('%I.%I', c.relname, a.attname) || ' ' || format_type(a.atttypid, null)"
                    + " from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
                    + " where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'm') and not c.relispartition"
                    + " order by 1";

    private CanarySearch() {}

    /** In the schema of the service under test: {@code table.column: canary}, by name; empty if they are nowhere. */
    public static List<String> find(String... canaries) {
        return find(Sql.superuser(), canaries);
    }

    /** The same in the schema of {@code superuser}. */
    public static List<String> find(Sql superuser, String... canaries) {
        var found = new ArrayList<String>();
        try (var session = superuser.open()) {
            for (var column : session.column(COLUMNS)) {
                var name = column.substring(0, column.indexOf(' '));
                var isBytes = column.endsWith(" bytea");
                for (var canary : canaries) {
                    if (session.number(count(name, isBytes, canary)) > 0) {
                        found.add(name + ": " + canary);
                    }
                }
            }
        }
        return found;
    }

    private static String count(String column, boolean isBytes, String canary) {
        var dot = column.indexOf('.');
        var table = column.substring(0, dot);
        var value = column.substring(dot + 1);
        return "select count(*) from " + table + " where " + (isBytes ? bytes(value, canary) : text(value, canary));
    }

    private static String text(String value, String canary) {
        var quoted = canary.toLowerCase(Locale.ROOT).replace("'", "''");
        return "strpos(lower(" + value + "::text), '" + quoted + "') > 0";
    }

    private static String bytes(String value, String canary) {
        return "position('\\x" + HexFormat.of().formatHex(canary.getBytes(StandardCharsets.UTF_8)) + "'::bytea in "
                + value + ") > 0";
    }
}
