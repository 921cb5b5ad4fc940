/** Attacks on a running suite at full size, and what another tenant notices of them. */
package io.switchboard.bench.attack;
