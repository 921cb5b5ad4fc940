package io.switchboard.audit.export;

import io.smallrye.mutiny.Uni;
import io.switchboard.audit.log.AuditLog;
import io.switchboard.audit.log.AuditRecord;
import io.switchboard.audit.log.LogFilter;
import io.switchboard.audit.log.Readings;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.FileAnswer.Piece;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records of a filter as a file, in the list's order. An event tells of the export before its first byte, and another one of the
 * number of records before its last; the file has what was recorded before the first of them.
 */
@ApplicationScoped
class LogExports {
    private static final int ROWS = 200;

    private final AuditLog log;
    private final Readings readings;
    private final RecordText text;

    LogExports(AuditLog log, Readings readings, RecordText text) {
        this.log = log;
        this.readings = readings;
        this.text = text;
    }

    Uni<Piece<ExportPlace>> piece(
            CallerContext caller, LogFilter filter, ExportFormat format, @Nullable ExportPlace from) {
        return from == null ? begin(caller, filter, format) : next(caller, filter, format, from);
    }

    private Uni<Piece<ExportPlace>> begin(CallerContext caller, LogFilter filter, ExportFormat format) {
        var ids = Readings.Ids.next();
        return readings.recordExport(caller, ids, details(filter, format), filter.orgId())
                .chain(() -> log.recordingNumber(caller, ids, filter.orgId()))
                .map(below -> new Piece<>(text.head(format), new ExportPlace(ids.own(), below, null, 0)));
    }

    private Uni<Piece<ExportPlace>> next(
            CallerContext caller, LogFilter filter, ExportFormat format, ExportPlace from) {
        return log.recordedBefore(caller, filter, from.below(), Page.of(ROWS, from.after()))
                .chain(page -> piece(caller, filter, format, from, page));
    }

    private Uni<Piece<ExportPlace>> piece(
            CallerContext caller, LogFilter filter, ExportFormat format, ExportPlace from, PageOf<AuditRecord> page) {
        var records = from.records() + page.items().size();
        var lines = text.text(format, page.items());
        var next = page.nextCursor();
        return next == null
                ? end(caller, filter, format, from, records, lines)
                : Uni.createFrom().item(new Piece<>(lines, from.after(Cursor.parse(next), records)));
    }

    private Uni<Piece<ExportPlace>> end(
            CallerContext caller, LogFilter filter, ExportFormat format, ExportPlace from, long records, Buffer lines) {
        var details = new HashMap<String, Object>(Map.of("export", from.export(), "records", records));
        return readings.recordExport(caller, Readings.Ids.next(), details, filter.orgId())
                .replaceWith(() -> new Piece<>(lines.appendBuffer(text.end(format, records)), null));
    }

    private static Map<String, Object> details(LogFilter filter, ExportFormat format) {
        var details = new HashMap<String, Object>(filter.given());
        details.put("format", format.wire());
        return details;
    }
}
