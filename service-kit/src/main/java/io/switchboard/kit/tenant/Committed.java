package io.switchboard.kit.tenant;

/** Fired after a commit that may have changed rows, so that what waits for changes is told. */
public record Committed() {}
