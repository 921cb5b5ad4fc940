package io.switchboard.crm.csv;

import java.util.ArrayList;
import java.util.List;

/** Several values in one cell: {@code ;} or {@code |} is between them, and a backslash before one that belongs to a value. */
public final class CellList {
    private static final char ESCAPE = '\\';

    private CellList() {}

    /** @param separators each character of it is one */
    public static List<String> split(String cell, String separators) {
        var values = new ArrayList<String>();
        var value = new StringBuilder();
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == ESCAPE && i + 1 < cell.length() && isSpecial(cell.charAt(i + 1))) {
                value.append(c).append(cell.charAt(++i));
            } else if (separators.indexOf(c) >= 0) {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(value.toString());
        return values;
    }

    public static String escape(String value) {
        var cell = new StringBuilder(value.length());
        value.chars().forEach(c -> (isSpecial((char) c) ? cell.append(ESCAPE) : cell).append((char) c));
        return cell.toString();
    }

    /** Of one of the values that {@link #split} found. */
    public static String unescape(String value) {
        var text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            text.append(
                    c == ESCAPE && i + 1 < value.length() && isSpecial(value.charAt(i + 1)) ? value.charAt(++i) : c);
        }
        return text.toString();
    }

    private static boolean isSpecial(char c) {
        return c == ';' || c == '|' || c == ESCAPE;
    }
}
