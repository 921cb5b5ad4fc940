package io.switchboard.audit.integrity;

import io.switchboard.audit.format.Frontier;
import io.switchboard.audit.tree.SealedRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes through the sealed records of a tree in their order, up to the first that is broken. One thread at a time. */
final class TreeWalk {
    private final Frontier frontier;
    private final long checkpointSize;
    private byte @Nullable [] checkpointRoot;
    private long lastNo;
    private @Nullable BrokenRecord broken;

    /**
     * @param frontier of the leaves before the first record
     * @param checkpointSize of which the root is asked for
     */
    TreeWalk(Frontier frontier, long checkpointSize) {
        this.frontier = frontier;
        this.checkpointSize = checkpointSize;
        noteRoot();
    }

    /** Goes on with records that follow those before. */
    TreeWalk add(List<SealedRecord> records) {
        for (var record : records) {
            broken = fault(record);
            if (broken != null) {
                break;
            }
            frontier.add(record.leafHash());
            noteRoot();
        }
        return this;
    }

    /** The block that should follow is not there. */
    TreeWalk noteGap() {
        broken = new BrokenRecord(null, frontier.size(), BreakReason.MISSING);
        return this;
    }

    private @Nullable BrokenRecord fault(SealedRecord sealed) {
        var kept = sealed.record();
        if (kept == null) {
            return broken(sealed, BreakReason.MISSING);
        }
        if (!sealed.isUnchanged()) {
            return broken(sealed, BreakReason.CHANGED);
        }
        if (kept.no() <= lastNo || kept.no() > sealed.blockLastNo()) {
            return broken(sealed, BreakReason.MOVED);
        }
        lastNo = kept.no();
        return null;
    }

    private static BrokenRecord broken(SealedRecord sealed, BreakReason reason) {
        return new BrokenRecord(sealed.id(), sealed.sequence(), reason);
    }

    private void noteRoot() {
        if (frontier.size() == checkpointSize) {
            checkpointRoot = frontier.root();
        }
    }

    @Nullable
    BrokenRecord broken() {
        return broken;
    }

    /** The leaves so far. */
    long size() {
        return frontier.size();
    }

    byte[] root() {
        return frontier.root();
    }

    /** Null if it lies before the first record. */
    byte @Nullable [] checkpointRoot() {
        return checkpointRoot;
    }
}
