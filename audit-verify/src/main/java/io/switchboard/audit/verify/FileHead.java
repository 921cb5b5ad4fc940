package io.switchboard.audit.verify;

import io.switchboard.audit.format.Checkpoint;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The first object of a file: an export's header or a whole proof, whichever it turns out to be. */
final class FileHead {
    private static final int MOST_HASHES = 128;
    private static final int MOST_KEYS = 100;
    private static final Set<String> OF_EXPORTS =
            Set.of("format", "org", "from", "to", "checkpoint", "keys", "left", "right", "treeSize", "exportedAt");
    private static final Set<String> OF_PROOFS =
            Set.of("leaf", "data", "origin", "erasedAt", "index", "hashes", "checkpoint", "keys");

    final RecordInput record = new RecordInput();

    @Nullable
    String format;

    @Nullable
    String org;

    long from = -1;
    long to = -2; // from - 1 of an empty export

    @Nullable
    String checkpoint;

    List<String> keys = List.of();
    List<byte[]> left = List.of();
    List<byte[]> right = List.of();
    List<byte[]> hashes = List.of();
    long index = -1;
    long treeSize = -1;

    @Nullable
    Instant exportedAt;

    static FileHead read(JsonInput json) throws IOException {
        var head = new FileHead();
        head.record.clear();
        var seen = new HashSet<String>();
        for (var name = json.field(seen); name != null; name = json.field(seen)) {
            head.read(name, json);
        }
        // What reads it as a proof must not see other records than what reads it as an export.
        json.require(
                OF_EXPORTS.containsAll(seen) || OF_PROOFS.containsAll(seen),
                "mixes the fields of an export with those of a proof");
        return head;
    }

    private void read(String name, JsonInput json) throws IOException {
        switch (name) {
            case "format" -> format = json.text();
            case "org" -> org = json.uuid();
            case "from" -> from = json.number();
            case "to" -> to = json.numberOrMinusOne();
            case "checkpoint" -> checkpoint = json.text();
            case "keys" -> keys = json.texts(MOST_KEYS);
            case "left" -> left = json.hashes(MOST_HASHES);
            case "right" -> right = json.hashes(MOST_HASHES);
            case "hashes" -> hashes = json.hashes(MOST_HASHES);
            case "index" -> index = json.number();
            case "treeSize" -> treeSize = json.number();
            case "exportedAt" -> exportedAt = json.time();
            default -> {
                if (!record.read(name, json)) {
                    throw json.refusal("belongs to no verifiable export (…/export?verifiable=true) and no proof");
                }
            }
        }
    }

    /** How many records the log had. */
    long knownSize(Checkpoint signed) {
        return Math.max(treeSize, signed.size());
    }

    boolean isExport() {
        return format != null;
    }

    boolean isProof() {
        return format == null && record.hasLeaf();
    }
}
