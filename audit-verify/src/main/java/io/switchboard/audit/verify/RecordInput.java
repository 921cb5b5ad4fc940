package io.switchboard.audit.verify;

import io.switchboard.audit.format.CanonicalJson;
import io.switchboard.audit.format.Sha256;
import io.switchboard.audit.format.TreeHash;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record of an export or a proof, as it stands in the file: texts that are hashed as they are. */
final class RecordInput {
    private static final List<String> TEXTS = List.of(
            "action",
            "actorId",
            "actorType",
            "data",
            "id",
            "occurredAt",
            "org",
            "origin",
            "outcome",
            "recordedAt",
            "requestId",
            "resourceId",
            "resourceType",
            "service");
    private static final int DATA = TEXTS.indexOf("data");
    private static final int ID = TEXTS.indexOf("id");
    private static final int ORG = TEXTS.indexOf("org");
    private static final int ORIGIN = TEXTS.indexOf("origin");
    private static final int RECORDED_AT = TEXTS.indexOf("recordedAt");
    private static final int BEFORE_SEQUENCE = TEXTS.indexOf("service");
    private static final long VERSION = 1;

    private final @Nullable String[] leaf = new @Nullable String[TEXTS.size()];
    private long sequence;
    private long version;
    private final PartInput data = new PartInput("newData", "oldData", "salt");
    private final PartInput origin = new PartInput("ipAddress", "salt", "userAgent");
    private boolean isErased;
    private boolean hasLeaf;

    /** Forgets the last record. */
    void clear() {
        Arrays.fill(leaf, null);
        sequence = -1;
        version = -1;
        data.clear();
        origin.clear();
        isErased = false;
        hasLeaf = false;
    }

    /** Reads a field of the record; false if it is none. */
    boolean read(String field, JsonInput json) throws IOException {
        switch (field) {
            case "leaf" -> readLeaf(json);
            case "data" -> data.read(json);
            case "origin" -> origin.read(json);
            case "erasedAt" -> {
                json.time();
                isErased = true;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    boolean hasLeaf() {
        return hasLeaf;
    }

    void readLeaf(JsonInput json) throws IOException {
        json.require(json.objectOrNull(), "is not an object");
        readLeafFields(json);
    }

    void readLeafFields(JsonInput json) throws IOException {
        hasLeaf = true;
        for (var name = json.field(); name != null; name = json.field()) {
            int index = TEXTS.indexOf(name);
            if (index >= 0) {
                json.require(leaf[index] == null, "stands there twice");
                leaf[index] = json.text();
            } else if (name.equals("sequence")) {
                json.require(sequence < 0, "stands there twice");
                sequence = json.number();
            } else if (name.equals("v")) {
                json.require(version < 0, "stands there twice");
                version = json.number();
            } else {
                throw json.refusal("is no field of a leaf");
            }
        }
        json.require(leaf[ORG] != null && leaf[ID] != null && sequence >= 0, "lacks org, id or sequence");
        json.require(version == VERSION, "has a version (v) other than " + VERSION);
    }

    long sequence() {
        return sequence;
    }

    String id() {
        return String.valueOf(leaf[ID]);
    }

    String org() {
        return String.valueOf(leaf[ORG]);
    }

    /** Null if it is no time. */
    @Nullable
    Instant recordedAt() {
        try {
            return Instant.parse(String.valueOf(leaf[RECORDED_AT]));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Throws IllegalArgumentException for texts that no UTF-8 stands for. */
    byte[] hash() {
        return TreeHash.leaf(canonical());
    }

    /** The leaf in canonical form, however it stands in the file. Throws as {@link #hash}. */
    byte[] canonical() {
        var json = new CanonicalJson();
        for (int i = 0; i < BEFORE_SEQUENCE; i++) {
            json.text(TEXTS.get(i), leaf[i]);
        }
        json.number("sequence", sequence).text("service", leaf[BEFORE_SEQUENCE]).number("v", version);
        return json.bytes();
    }

    /** Whether a part that was sealed is missing, and the file says that it was erased. */
    boolean isPartErased() {
        return isErased && (leaf[DATA] != null && !data.isPresent() || leaf[ORIGIN] != null && !origin.isPresent());
    }

    /** What is wrong with the private parts; null if nothing. */
    @Nullable
    Finding flaw() {
        var flaw = flaw("data", leaf[DATA], data);
        return flaw == null ? flaw("origin", leaf[ORIGIN], origin) : flaw;
    }

    private @Nullable Finding flaw(String name, @Nullable String sealed, PartInput part) {
        var json = part.canonical();
        if (json == null) {
            boolean isRemoved = sealed != null && !isErased;
            return isRemoved
                    ? finding(
                            Finding.Reason.MISSING, "its " + name + " was removed, and nothing says that it was erased")
                    : null;
        }
        if (sealed == null) {
            return finding(Finding.Reason.CHANGED, "it has " + name + " that was never sealed");
        }
        return HexFormat.of().formatHex(Sha256.of(json)).equals(sealed)
                ? null
                : finding(Finding.Reason.CHANGED, "its " + name + " is not what was sealed");
    }

    Finding finding(Finding.Reason reason, String detail) {
        return new Finding(sequence, id(), reason, detail);
    }
}
