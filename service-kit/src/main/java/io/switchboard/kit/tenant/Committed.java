package io.switchboard.kit.tenant;

/** Fired after a commit that may have changed rows: wakes workers that wait for rows. */
public record Committed() {}
