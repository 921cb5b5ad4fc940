package io.switchboard.audit.tree;

import io.switchboard.audit.format.ExportLine;
import io.switchboard.audit.format.Leaf;
import io.switchboard.audit.format.PrivateParts;
import io.switchboard.audit.log.AuditRecord;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place in an organization's tree, with the record that is kept for it.
 *
 * @param blockLastNo the recording number of the last record of its block
 * @param leafHash as it was sealed
 * @param salts 16 bytes for the data, 16 for the origin
 * @param record null if the log has no such record any more
 * @param erased null if nothing of it was erased
 */
public record SealedRecord(
        UUID org,
        long sequence,
        UUID id,
        long blockLastNo,
        byte[] leafHash,
        byte[] salts,
        @Nullable AuditRecord record,
        @Nullable ErasedParts erased) {

    /** The hashes of erased parts; null of those that are still there. */
    record ErasedParts(byte @Nullable [] data, byte @Nullable [] origin, OffsetDateTime at) {}

    /** Whether the record that is kept is the one that was sealed. */
    public boolean isUnchanged() {
        return record != null && Arrays.equals(leaf().hash(), leafHash);
    }

    /** Of the record as it is kept. */
    public Leaf leaf() {
        var kept = record();
        if (kept == null) {
            throw new IllegalStateException("A record that is missing has no leaf.");
        }
        return new Leaf(
                org,
                kept.id(),
                sequence,
                kept.occurredAt().toInstant(),
                kept.recordedAt().toInstant(),
                kept.actorId(),
                kept.actorType(),
                kept.action(),
                kept.resourceType(),
                kept.resourceId(),
                kept.service(),
                kept.outcome(),
                kept.requestId(),
                hash(
                        PrivateParts.data(kept.oldData(), kept.newData(), dataSalt()),
                        erased == null ? null : erased.data()),
                hash(
                        PrivateParts.origin(kept.ipAddress(), kept.userAgent(), originSalt()),
                        erased == null ? null : erased.origin()));
    }

    /** The hash of what was erased stands for no value that is there: such a one was written afterwards. */
    private static byte @Nullable [] hash(byte @Nullable [] ofValue, byte @Nullable [] ofErased) {
        return ofValue == null ? ofErased : ofValue;
    }

    /** What exports and proofs show of it. */
    public ExportLine line() {
        var kept = record();
        if (kept == null) {
            throw new IllegalStateException("A record that is missing has no line.");
        }
        return new ExportLine(
                leaf(),
                PrivateParts.dataJson(kept.oldData(), kept.newData(), dataSalt()),
                PrivateParts.originJson(kept.ipAddress(), kept.userAgent(), originSalt()),
                erased == null ? null : erased.at().toInstant());
    }

    private byte[] dataSalt() {
        return Arrays.copyOfRange(salts, 0, PrivateParts.SALT_LENGTH);
    }

    private byte[] originSalt() {
        return Arrays.copyOfRange(salts, PrivateParts.SALT_LENGTH, 2 * PrivateParts.SALT_LENGTH);
    }
}
