package io.switchboard.audit.verify;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** The lines of an export after its header. */
final class ExportInput {
    enum Line {
        RECORD,
        BROKEN,
        END
    }

    private static final Set<String> OF_RECORD = Set.of("leaf", "data", "origin", "erasedAt");
    private static final Set<String> OF_BROKEN = Set.of("broken", "id");
    private static final Set<String> OF_END = Set.of("end", "records");

    private final JsonInput json;
    private final RecordInput record = new RecordInput();
    private String brokenReason = "";
    private String brokenId = "";
    private long count;

    ExportInput(JsonInput json) {
        this.json = json;
    }

    /** Each line is of one kind: others could read something else in it. */
    Line next() throws IOException {
        if (!json.beginObject()) {
            return Line.END;
        }
        record.clear();
        boolean isEnd = false;
        var seen = new HashSet<String>();
        for (var name = json.field(seen); name != null; name = json.field(seen)) {
            switch (name) {
                case "broken" -> brokenReason = json.text();
                case "id" -> brokenId = json.uuid();
                case "end" -> isEnd = json.isTrue();
                case "records" -> json.require(json.number() == count, "counts other records than there are");
                default -> {
                    if (!record.read(name, json)) {
                        throw json.refusal("is no field of an export's line");
                    }
                }
            }
        }
        if (isEnd && OF_END.containsAll(seen)) {
            json.require(!json.beginObject(), "follows after the end");
            return Line.END;
        }
        count++;
        if (seen.equals(OF_BROKEN)) {
            return Line.BROKEN;
        }
        json.require(record.hasLeaf() && OF_RECORD.containsAll(seen), "is no record");
        return Line.RECORD;
    }

    /** Of the last line, if it was one. */
    RecordInput record() {
        return record;
    }

    /** What the last line says that the service found, if it was one of these. */
    Finding broken(long sequence) {
        var reason =
                switch (brokenReason) {
                    case "missing" -> Finding.Reason.MISSING;
                    case "added" -> Finding.Reason.ADDED;
                    case "moved" -> Finding.Reason.MOVED;
                    case "changed" -> Finding.Reason.CHANGED;
                    default -> throw new Unusable(json.where() + "'broken' is an unknown reason");
                };
        return new Finding(sequence, brokenId, reason, "the service found it so");
    }
}
