package io.switchboard.audit.format;

import java.util.List;
import java.util.UUID;

/**
 * What the journal holds of one organization and one round: the records sealed since the last one, and the signed checkpoint of
 * the tree with them.
 *
 * @param from sequence of the first leaf
 * @param leaves leaf hashes; the last one is the last of the checkpoint's tree
 * @param ids of the records, as many
 * @param checkpoint a signed note
 */
public record JournalLine(UUID org, long from, List<byte[]> leaves, List<UUID> ids, String checkpoint) {
    public JournalLine {
        leaves = List.copyOf(leaves);
        ids = List.copyOf(ids);
        if (leaves.size() != ids.size()) {
            throw new IllegalArgumentException("There are " + leaves.size() + " leaves of " + ids.size() + " records.");
        }
    }

    /** One line, without its line feed. */
    public byte[] json() {
        return Json.object(json -> {
            json.writeStringField("org", org.toString());
            json.writeNumberField("from", from);
            Json.hashes(json, "leaves", leaves);
            Json.texts(json, "ids", ids);
            json.writeStringField("checkpoint", checkpoint);
        });
    }
}
