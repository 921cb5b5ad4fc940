package io.switchboard.voice.call;

import io.switchboard.voice.callevent.Report;
import io.switchboard.voice.callevent.ReportField;

/**
 * A call that was given up, since nothing told of its end: its state is unknown, and its ended reason says why, until there is word of
 * it. The SQL function {@code give_up_call} writes it.
 */
final class GivenUp {
    private static final String REASON = "settled-unknown";

    private GivenUp() {}

    /** The report of a call that there is word of. */
    static Report forget(Report report) {
        return REASON.equals(report.get(ReportField.ENDED_REASON))
                ? report.with(ReportField.ENDED_REASON, null)
                : report;
    }
}
