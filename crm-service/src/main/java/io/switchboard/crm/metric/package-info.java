/** Figures of tickets by day and by agent, from materialized views that are refreshed now and then. SQL only: db/metric. */
@NullMarked
package io.switchboard.crm.metric;

import org.jspecify.annotations.NullMarked;
