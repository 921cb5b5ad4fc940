package io.switchboard.voice.callevent;

import java.math.BigDecimal;
import java.util.List;

/**
 * One thing that a provider reports of a call. All that store, merge, erase or read reports go through {@link #ALL}: a new
 * field needs a line here, its column, and its place in the view.
 *
 * @param name as in the API; its column is the same in snake_case
 * @param isPersonal whether it goes when the person is erased; figures and ids stay
 */
public record ReportField<T extends Comparable<? super T>>(String name, Class<T> type, boolean isPersonal) {
    /** The provider's word, as it came. */
    public static final ReportField<String> ENDED_REASON = figure("endedReason", String.class);

    /** As the provider counts it, at most {@link Report#MOST_SECONDS}. */
    public static final ReportField<Integer> DURATION_SECONDS = figure("durationSeconds", Integer.class);

    /** In {@link #CURRENCY}, six decimals. */
    public static final ReportField<BigDecimal> COST = figure("cost", BigDecimal.class);

    /** Of the cost: three capital letters (ISO 4217). */
    public static final ReportField<String> CURRENCY = figure("currency", String.class);

    public static final ReportField<String> SUMMARY = personal("summary", String.class);

    /** The provider's verdict in its own words. */
    public static final ReportField<String> SUCCESS_EVALUATION = personal("successEvaluation", String.class);

    /** What the evaluation means; see {@link Report#withEvaluation}. */
    public static final ReportField<Boolean> SUCCESS = figure("success", Boolean.class);

    public static final ReportField<String> RECORDING_URL = personal("recordingUrl", String.class);
    public static final ReportField<String> CUSTOMER_NAME = personal("customerName", String.class);
    public static final ReportField<LeadScore> LEAD_SCORE = personal("leadScore", LeadScore.class);
    public static final ReportField<AnsweredBy> ANSWERED_BY = figure("answeredBy", AnsweredBy.class);

    /** Of the language model, prompts and completions together. */
    public static final ReportField<Integer> TOKENS = figure("tokens", Integer.class);

    /** The call's id at the carrier beneath the provider, such as the CallSid of a voice platform's call. */
    public static final ReportField<String> CARRIER_CALL_ID = figure("carrierCallId", String.class);

    /** The provider's id of the call of which this one is only a leg. */
    public static final ReportField<String> PARENT_CALL_ID = figure("parentCallId", String.class);

    public static final List<ReportField<?>> ALL = List.of(
            ENDED_REASON,
            DURATION_SECONDS,
            COST,
            CURRENCY,
            SUMMARY,
            SUCCESS_EVALUATION,
            SUCCESS,
            RECORDING_URL,
            CUSTOMER_NAME,
            LEAD_SCORE,
            ANSWERED_BY,
            TOKENS,
            CARRIER_CALL_ID,
            PARENT_CALL_ID);

    private static <T extends Comparable<? super T>> ReportField<T> figure(String name, Class<T> type) {
        return new ReportField<>(name, type, false);
    }

    private static <T extends Comparable<? super T>> ReportField<T> personal(String name, Class<T> type) {
        return new ReportField<>(name, type, true);
    }
}
