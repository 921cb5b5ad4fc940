package io.switchboard.audit.checkpoint;

import io.switchboard.audit.format.NoteSigner;
import io.switchboard.audit.format.VerifierKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key of checkpoints, and when it signs.
 *
 * @param signer null for the public half of a key that has retired
 * @param from null for since ever
 * @param until null for as long as it is there
 */
record SigningKey(
        @Nullable NoteSigner signer,
        VerifierKey verifierKey,
        @Nullable Instant from,
        @Nullable Instant until) {

    boolean signsAt(Instant now) {
        return signer != null && (from == null || !now.isBefore(from)) && (until == null || now.isBefore(until));
    }
}
