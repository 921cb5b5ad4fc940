package io.switchboard.kit.csv;

import java.util.regex.Pattern;

/**
 * Keeps spreadsheets from running cells as formulas: such a cell gets an apostrophe in front, as spreadsheets write it themselves,
 * and loses it when it is read. A cell that has apostrophes there already gets one more, so that nothing is lost on the way.
 */
public final class FormulaGuard {
    private static final Pattern RISKY = Pattern.compile("'*[=+\\-@\\t\\r].*", Pattern.DOTALL);

    /** Telephone numbers begin with a plus, too. */
    private static final Pattern NUMBERS = Pattern.compile("\\+\\d+(;\\+\\d+)*");

    private FormulaGuard() {}

    public static String guard(String cell) {
        return RISKY.matcher(cell).matches() && !NUMBERS.matcher(cell).matches() ? "'" + cell : cell;
    }

    public static String unguard(String cell) {
        return cell.startsWith("'") && RISKY.matcher(cell).matches() ? cell.substring(1) : cell;
    }
}
