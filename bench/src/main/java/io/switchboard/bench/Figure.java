package io.switchboard.bench;

import java.util.Locale;

/**
 * Something measured that is no part of a limit.
 *
 * @param format of the value with its unit, such as {@code "%.0f MiB"}
 * @param least what the value should reach; NaN for nothing
 * @param most what the value should not exceed; NaN for nothing
 */
record Figure(String what, double value, String format, double least, double most) {

    static Figure shown(String what, double value, String format) {
        return new Figure(what, value, format, Double.NaN, Double.NaN);
    }

    static Figure atMost(double most, String what, double value, String format) {
        return new Figure(what, value, format, Double.NaN, most);
    }

    static Figure atLeast(double least, String what, double value, String format) {
        return new Figure(what, value, format, least, Double.NaN);
    }

    String text() {
        return text(value);
    }

    /** Empty where there is none. */
    String bound() {
        String bound = Double.isNaN(least) ? "" : "≥ " + text(least);
        return Double.isNaN(most) ? bound : "≤ " + text(most);
    }

    /** Also where nothing could be measured. */
    boolean isMissed() {
        return Double.isNaN(value) || value < least || value > most;
    }

    private String text(double number) {
        return String.format(Locale.ROOT, format, number);
    }
}
