package io.switchboard.audit.tree;

import java.util.List;

/**
 * Consecutive places of a tree.
 *
 * @param next the sequence after the last of them, or the one that was asked for if there are none
 */
public record SealedPage(List<SealedRecord> records, long next) {}
