package io.switchboard.audit.export;

import io.switchboard.audit.log.Readings;

/**
 * Where a piece of a verifiable file begins.
 *
 * @param ids of the events that tell of the export
 * @param from sequence of the file's first record
 * @param to sequence of its last record
 * @param next sequence of the piece's first record
 */
record VerifiablePlace(Readings.Ids ids, long from, long to, long next) {
    VerifiablePlace at(long sequence) {
        return new VerifiablePlace(ids, from, to, sequence);
    }
}
