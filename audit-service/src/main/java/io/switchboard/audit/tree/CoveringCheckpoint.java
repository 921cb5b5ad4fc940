package io.switchboard.audit.tree;

/**
 * A signed checkpoint of a tree with enough leaves.
 *
 * @param note as C2SP writes it
 * @param size of the tree that it tells of
 */
public record CoveringCheckpoint(String note, long size) {}
