package io.switchboard.audit.export;

import java.util.UUID;

/**
 * Where a piece of a verifiable file begins.
 *
 * @param export the id of the event that tells of the export
 * @param from sequence of the file's first record
 * @param to sequence of its last record
 * @param next sequence of the piece's first record
 */
record VerifiablePlace(UUID export, long from, long to, long next) {
    VerifiablePlace at(long sequence) {
        return new VerifiablePlace(export, from, to, sequence);
    }
}
