package io.switchboard.audit.verify;

/** Text from outside, as a terminal may show it: short, one line, no control characters. */
final class Printable {
    private static final int LONGEST = 200;

    private Printable() {}

    static String of(String text) {
        var cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return cut.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}]+", " ");
    }
}
