package io.switchboard.audit.verify;

import java.io.IOException;

/** The lines of an export after its header. */
final class ExportInput {
    enum Line {
        RECORD,
        BROKEN,
        END
    }

    private final JsonInput json;
    private final RecordInput record = new RecordInput();
    private String brokenReason = "";
    private String brokenId = "";
    private long count;

    ExportInput(JsonInput json) {
        this.json = json;
    }

    Line next() throws IOException {
        if (!json.beginObject()) {
            return Line.END;
        }
        record.clear();
        brokenReason = "";
        brokenId = "";
        boolean isEnd = false;
        for (var name = json.field(); name != null; name = json.field()) {
            if (record.read(name, json)) {
                continue;
            }
            switch (name) {
                case "broken" -> brokenReason = json.text();
                case "id" -> brokenId = json.uuid();
                case "end" -> isEnd = json.isTrue();
                case "records" -> json.require(json.number() == count, "counts other records than there are");
                default -> throw json.refusal("is no field of an export's line");
            }
        }
        if (isEnd) {
            json.require(!json.beginObject(), "follows after the end");
            return Line.END;
        }
        json.require(record.hasLeaf() || !brokenReason.isEmpty(), "is no record");
        count++;
        return record.hasLeaf() ? Line.RECORD : Line.BROKEN;
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
