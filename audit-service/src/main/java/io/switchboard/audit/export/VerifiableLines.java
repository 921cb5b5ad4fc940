package io.switchboard.audit.export;

import io.switchboard.audit.format.ExportLine;
import io.switchboard.audit.tree.SealedRecord;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Writes sealed records as lines of a verifiable file. What cannot be shown as it was sealed is named in its place. */
final class VerifiableLines {
    private final VerifiablePlace place;
    private final Buffer lines = Buffer.buffer();
    private long lastNo;

    private VerifiableLines(VerifiablePlace place) {
        this.place = place;
        this.lastNo = place.lastNo();
    }

    /** It hashes: for workers. */
    static VerifiableLines of(VerifiablePlace place, List<SealedRecord> records) {
        var lines = new VerifiableLines(place);
        records.forEach(lines::add);
        return lines;
    }

    static Buffer line(byte[] json) {
        return Buffer.buffer(json.length + 1).appendBytes(json).appendByte((byte) '\n');
    }

    Buffer buffer() {
        return lines;
    }

    /** The recording number of the last record. */
    long lastNo() {
        return lastNo;
    }

    private void add(SealedRecord record) {
        var added = place.added();
        if (added != null && added.sequence() == record.sequence()) {
            lines.appendBuffer(line(ExportLine.broken("added", added.id())));
        }
        lines.appendBuffer(line(json(record)));
    }

    private byte[] json(SealedRecord record) {
        var kept = record.record();
        if (kept == null) {
            return ExportLine.broken("missing", record.id());
        }
        if (!record.isUnchanged()) {
            return ExportLine.broken("changed", record.id());
        }
        boolean isMoved = kept.no() <= lastNo || kept.no() > record.blockLastNo();
        lastNo = kept.no();
        return isMoved ? ExportLine.broken("moved", record.id()) : record.line().json();
    }
}
