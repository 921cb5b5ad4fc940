/** The launcher behind {@code ./switchboard}: PostgreSQL and the four services on one machine, and a demo of them. */
package io.switchboard.local;
