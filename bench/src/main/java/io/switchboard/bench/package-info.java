/** Measures the running suite beside what PostgreSQL alone can do, on the same data in the same minutes. */
package io.switchboard.bench;
