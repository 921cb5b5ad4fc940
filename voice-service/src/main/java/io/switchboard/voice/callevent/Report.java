package io.switchboard.voice.callevent;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a provider reports of a call beside its state, times, numbers and words; a field that it does not tell is absent. */
public record Report(Map<ReportField<?>, Object> values) {
    /** No provider's calls last longer; a longer one is a time misread. */
    public static final int MOST_SECONDS = 30 * 24 * 3_600;

    public static final Report NONE = new Report(Map.of());

    public Report {
        values = Map.copyOf(values);
    }

    /** Null when it is not told. */
    public <T extends Comparable<? super T>> @Nullable T get(ReportField<T> field) {
        return field.type().cast(values.get(field));
    }

    /** With this field; without it for null. */
    public <T extends Comparable<? super T>> Report with(ReportField<T> field, @Nullable T value) {
        Map<ReportField<?>, Object> changed = new HashMap<>(values);
        if (value == null) {
            changed.remove(field);
        } else {
            changed.put(field, value);
        }
        return new Report(changed);
    }

    /** With the provider's evaluation, cleaned and cut, and whether the whole of it means a success, as far as that is plain. */
    public Report withEvaluation(@Nullable String evaluation) {
        return with(ReportField.SUCCESS_EVALUATION, CleanField.cut(evaluation, CleanField.EVALUATION))
                .with(ReportField.SUCCESS, Evaluation.isSuccess(CleanField.cut(evaluation, CleanField.SUMMARY)));
    }

    /** Without what is said of a person. */
    public Report figures() {
        Map<ReportField<?>, Object> kept = new HashMap<>(values);
        kept.keySet().removeIf(ReportField::isPersonal);
        return new Report(kept);
    }
}
