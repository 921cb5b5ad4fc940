package io.switchboard.voice.call;

import io.switchboard.kit.http.EnumParam;
import io.switchboard.voice.callevent.Report;
import io.switchboard.voice.callevent.ReportField;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A column of {@code call_logs}: the one list of those that a report's fields have, which all statements share.
 *
 * @param type the enum's type in the database; null for a plain column
 */
public record CallColumn(String name, @Nullable String type) {
    static final List<CallColumn> OF_REPORT =
            ReportField.ALL.stream().map(CallColumn::of).toList();

    /** As a select lists the report's columns. */
    public static final String REPORT = select(OF_REPORT);

    static CallColumn plain(String name) {
        return new CallColumn(name, null);
    }

    /** Its type is named after it. */
    static CallColumn word(String name) {
        return new CallColumn(name, "call_" + name);
    }

    private static CallColumn of(ReportField<?> field) {
        return field.type().isEnum() ? word(name(field)) : plain(name(field));
    }

    static String select(List<CallColumn> columns) {
        return columns.stream()
                .map(column -> column.type == null ? column.name : column.name + "::text")
                .collect(Collectors.joining(", "));
    }

    /** As a value in a statement. */
    String parameter(int number) {
        return type == null ? "$" + number : "$" + number + "::text::" + type;
    }

    public static Report report(Row row) {
        var report = Report.NONE;
        for (ReportField<?> field : ReportField.ALL) {
            report = with(report, field, row);
        }
        return report;
    }

    private static <T extends Comparable<? super T>> Report with(Report report, ReportField<T> field, Row row) {
        return report.with(field, value(field.type(), row, name(field)));
    }

    private static <T> @Nullable T value(Class<T> type, Row row, String column) {
        var value = type.isEnum() ? constant(type, row.getString(column)) : row.get(type, column);
        return type.cast(value);
    }

    private static <T> @Nullable T constant(Class<T> type, @Nullable String word) {
        return Stream.of(type.getEnumConstants())
                .filter(constant -> EnumParam.wire((Enum<?>) constant).equals(word))
                .findFirst()
                .orElse(null);
    }

    /** As in a statement's arguments. */
    static @Nullable Object argument(@Nullable Object value) {
        return value instanceof Enum<?> constant ? EnumParam.wire(constant) : value;
    }

    private static String name(ReportField<?> field) {
        return field.name().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
