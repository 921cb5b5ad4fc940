package io.switchboard.crm.calendar;

import io.switchboard.kit.text.CleanText;

/** Texts of people, made fit for calendars. */
final class CalendarText {
    /** RFC 5545, 3.1: octets of a line, without its end. */
    private static final int LONGEST_LINE = 75;

    private CalendarText() {}

    /** Several lines, without characters that no calendar may have, and without those that show a text in another order. */
    static String of(String text) {
        var clean = new StringBuilder(text.length());
        CleanText.of(text).replace("\r\n", "\n").codePoints().forEach(point -> {
            if (isLineEnd(point)) {
                clean.append('\n');
            } else if (point == '\t') {
                clean.append(' ');
            } else if (!Character.isISOControl(point) && !isReordering(point)) {
                clean.appendCodePoint(point);
            }
        });
        return clean.toString();
    }

    /** The same in one line. */
    static String line(String text) {
        return of(text).replace('\n', ' ').strip();
    }

    /** Breaks long lines between characters: the library counts half characters, and would break an emoji in two. */
    static String fold(String lines) {
        var folded = new StringBuilder(lines.length() + lines.length() / 32);
        int octets = 0;
        for (int i = 0; i < lines.length(); ) {
            int point = lines.codePointAt(i);
            i += Character.charCount(point);
            if (point == '\r' || point == '\n') {
                octets = 0;
            } else {
                int more = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
                if (octets + more > LONGEST_LINE) {
                    folded.append("\r\n ");
                    octets = 1;
                }
                octets += more;
            }
            folded.appendCodePoint(point);
        }
        return folded.toString();
    }

    private static boolean isLineEnd(int point) {
        return point == '\n'
                || point == '\r'
                || point == 0x0b
                || point == 0x0c
                || point == 0x85
                || point == 0x2028
                || point == 0x2029;
    }

    /** Marks of Unicode's bidirectional algorithm that embed, override or isolate. */
    private static boolean isReordering(int point) {
        return point >= 0x202a && point <= 0x202e || point >= 0x2066 && point <= 0x2069;
    }
}
