package io.switchboard.audit.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.switchboard.audit.log.AuditRecord;
import io.switchboard.kit.csv.CsvText;
import io.switchboard.kit.value.Times;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records as lines of a file; in JSON a record is what the list shows. */
@Singleton
class RecordText {
    static final List<String> HEADER = List.of(
            "id",
            "orgId",
            "occurredAt",
            "recordedAt",
            "actorId",
            "actorType",
            "action",
            "resourceType",
            "resourceId",
            "service",
            "oldData",
            "newData",
            "ipAddress",
            "userAgent",
            "requestId",
            "outcome",
            "sequence");

    private final ObjectMapper json;

    RecordText(ObjectMapper json) {
        this.json = json;
    }

    /** What the file begins with. */
    Buffer head(ExportFormat format) {
        return format == ExportFormat.CSV ? csv(List.of(HEADER)) : Buffer.buffer();
    }

    Buffer text(ExportFormat format, List<AuditRecord> records) {
        if (format == ExportFormat.CSV) {
            return csv(records.stream().map(RecordText::cells).toList());
        }
        var lines = Buffer.buffer();
        records.forEach(record -> lines.appendBytes(line(record)).appendByte((byte) '\n'));
        return lines;
    }

    /** What a whole file ends with; a CSV file is whole when its last chunk has come. */
    Buffer end(ExportFormat format, long records) {
        return format == ExportFormat.CSV ? Buffer.buffer() : end(records);
    }

    static Buffer end(long records) {
        return Buffer.buffer("{\"end\": true, \"records\": " + records + "}\n");
    }

    private byte[] line(AuditRecord record) {
        try {
            return json.writeValueAsBytes(record);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Buffer csv(List<List<String>> rows) {
        var text = new CsvText();
        rows.forEach(text::add);
        return text.buffer();
    }

    private static List<String> cells(AuditRecord record) {
        return Stream.of(
                        record.id(),
                        record.orgId(),
                        time(record.occurredAt()),
                        time(record.recordedAt()),
                        record.actorId(),
                        record.actorType(),
                        record.action(),
                        record.resourceType(),
                        record.resourceId(),
                        record.service(),
                        record.oldData(),
                        record.newData(),
                        record.ipAddress(),
                        record.userAgent(),
                        record.requestId(),
                        record.outcome(),
                        record.sequence())
                .map(cell -> cell == null ? "" : cell.toString())
                .toList();
    }

    private static @Nullable String time(OffsetDateTime time) {
        return Times.text(time);
    }
}
