package io.switchboard.audit.tree;

import java.util.List;

/**
 * Consecutive places of a tree.
 *
 * @param next the sequence after the last of them, or the one that was asked for if there are none
 */
public record SealedPage(List<SealedRecord> records, long next) {
    /** Whether the log still has one of the records. */
    public boolean hasKept() {
        return records.stream().anyMatch(record -> record.record() != null);
    }
}
