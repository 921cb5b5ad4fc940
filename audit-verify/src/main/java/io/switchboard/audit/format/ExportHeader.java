package io.switchboard.audit.format;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a verifiable export: which records follow, and what is needed to prove that they are all of the range.
 *
 * @param from sequence of the first record
 * @param to sequence of the last record; from - 1 if there is none
 * @param checkpoint a signed note, of a tree of at least {@code to + 1} leaves
 * @param keys vkeys of all keys that have signed for the organization
 * @param left {@link MerkleProofs#left} of from
 * @param right {@link MerkleProofs#right} of to + 1 and the checkpoint's size
 * @param treeSize how many records were sealed when the export began
 * @param exportedAt when it began
 */
public record ExportHeader(
        UUID org,
        long from,
        long to,
        String checkpoint,
        List<VerifierKey> keys,
        List<byte[]> left,
        List<byte[]> right,
        @Nullable Long treeSize,
        @Nullable Instant exportedAt) {
    /** The format and its version. */
    public static final String FORMAT = "switchboard-audit/1";

    /** One line, without its line feed. */
    public byte[] json() {
        return Json.object(json -> {
            json.writeStringField("format", FORMAT);
            json.writeStringField("org", org.toString());
            json.writeNumberField("from", from);
            json.writeNumberField("to", to);
            json.writeStringField("checkpoint", checkpoint);
            Json.texts(json, "keys", keys.stream().map(VerifierKey::text).toList());
            Json.hashes(json, "left", left);
            Json.hashes(json, "right", right);
            if (treeSize != null) {
                json.writeNumberField("treeSize", treeSize);
            }
            Json.time(json, "exportedAt", exportedAt);
        });
    }
}
