package io.switchboard.bench;

/** What calls have left to do: events to be worked on, and what is owed to other services. */
final class Backlog {
    private static final int MOST_SECONDS = 120;
    private static final String LEFT =
            "select (select count(*) from voice.call_queue) + (select count(*) from voice.outbox)"
                    + " + (select count(*) from crm.outbox)";

    private Backlog() {}

    /** So that what is measured next does not pay for it. */
    static void await(OwnSuite suite) {
        for (int left = MOST_SECONDS; left > 0 && suite.number(LEFT) > 0; left--) {
            Pause.seconds(1);
        }
    }
}
