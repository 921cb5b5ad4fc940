package io.switchboard.crm.metric;

/** How much time the figures of one line are of. */
enum MetricStep {
    DAY,
    WEEK
}
