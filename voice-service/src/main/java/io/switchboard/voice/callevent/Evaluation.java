package io.switchboard.voice.callevent;

import io.switchboard.kit.value.BoundedNumbers;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads whether a provider's evaluation of a call, in words or as a score, means a success. */
final class Evaluation {
    private static final Set<String> SUCCESS = Set.of(
            "true", "pass", "passed", "success", "successful", "yes", "excellent", "good", "agree", "strongly agree");
    private static final Set<String> FAILURE = Set.of(
            "false", "fail", "failed", "failure", "unsuccessful", "no", "bad", "poor", "disagree", "strongly disagree");

    private static final Pattern SCORE = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,40})?)\\s*(%|/\\s*10|/\\s*100)?");
    /** The entries of a checklist, as JSON or as lines: "name: true". */
    private static final Pattern CHECK = Pattern.compile("[:=]\\s*\"?(true|false|pass|passed|fail|failed)\\b");

    /** The results of a checklist without its names. */
    private static final Pattern RESULTS =
            Pattern.compile("(?:true|false|pass|passed|fail|failed)(?:, *(?:true|false|pass|passed|fail|failed))+");

    private static final BigDecimal TEN = BigDecimal.TEN;
    private static final BigDecimal HUNDRED = new BigDecimal(100);
    private static final BigDecimal LEAST_OF_TEN = new BigDecimal(6);
    private static final BigDecimal LEAST_PERCENT = new BigDecimal(60);

    private Evaluation() {}

    /** Null where it says neither. A number of at most 10 counts of ten, unless it says otherwise; a larger one is a percentage. */
    static @Nullable Boolean isSuccess(@Nullable String evaluation) {
        if (evaluation == null) {
            return null;
        }
        String text = evaluation.strip().toLowerCase(Locale.ROOT).replace('_', ' ');
        if (SUCCESS.contains(text)) {
            return true;
        }
        if (FAILURE.contains(text)) {
            return false;
        }
        Matcher score = SCORE.matcher(text);
        return score.matches() ? reaches(score.group(1), score.group(2)) : checklist(text);
    }

    private static @Nullable Boolean reaches(String digits, @Nullable String unit) {
        BigDecimal number = BoundedNumbers.decimal(digits);
        if (number == null || number.compareTo(HUNDRED) > 0) {
            return null;
        }
        boolean isOfTen = unit == null ? number.compareTo(TEN) <= 0 : unit.endsWith("10");
        if (isOfTen && number.compareTo(TEN) > 0) {
            return null;
        }
        return number.compareTo(isOfTen ? LEAST_OF_TEN : LEAST_PERCENT) >= 0;
    }

    private static @Nullable Boolean checklist(String text) {
        if (RESULTS.matcher(text).matches()) {
            return !text.contains("fa");
        }
        Matcher checks = CHECK.matcher(text);
        Boolean all = null;
        while (checks.find()) {
            all = checks.group(1).startsWith("f") ? Boolean.FALSE : all == null ? Boolean.TRUE : all;
        }
        return all;
    }
}
