/** Service levels of tickets: policies by priority, due times in open hours, pauses and breaches. */
@NullMarked
package io.switchboard.crm.sla;

import org.jspecify.annotations.NullMarked;
