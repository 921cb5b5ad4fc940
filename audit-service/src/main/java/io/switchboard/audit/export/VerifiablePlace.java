package io.switchboard.audit.export;

import io.switchboard.audit.export.AddedRecords.AddedRecord;
import io.switchboard.audit.log.Readings;
import org.jspecify.annotations.Nullable;

/**
 * Where a piece of a verifiable file begins.
 *
 * @param ids of the events that tell of the export
 * @param from sequence of the file's first record
 * @param to sequence of its last record
 * @param next sequence of the piece's first record
 * @param lastNo recording number of the record before it; 0 if there is none in the file
 * @param added null if no row was slipped in
 */
record VerifiablePlace(
        Readings.Ids ids,
        long from,
        long to,
        long next,
        long lastNo,
        @Nullable AddedRecord added) {
    VerifiablePlace at(long sequence, long no) {
        return new VerifiablePlace(ids, from, to, sequence, no, added);
    }

    VerifiablePlace with(@Nullable AddedRecord found) {
        return new VerifiablePlace(ids, from, to, next, lastNo, found);
    }
}
