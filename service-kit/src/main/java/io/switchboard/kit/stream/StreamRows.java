package io.switchboard.kit.stream;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the rows of one kind, for many streams in one round trip. */
final class StreamRows {
    /** Rows of one subject in one round trip: even the largest texts leave room in a client's queue. */
    static final int MOST = 50;

    private final StreamKind kind;
    private final TenantSql sql;

    StreamRows(StreamKind kind, TenantSql sql) {
        this.kind = kind;
        this.sql = sql.forWorkers();
    }

    /** @param after a key for each subject, perhaps null */
    Uni<Map<Subject, List<Row>>> read(Collection<Subject> subjects, List<UUID> after, Collection<UUID> known) {
        var args = Tuple.of(
                subjects.stream().map(Subject::orgId).toArray(UUID[]::new),
                subjects.stream().map(Subject::id).toArray(UUID[]::new),
                after.toArray(UUID[]::new),
                known.toArray(UUID[]::new),
                MOST);
        return sql.crossTenant(kind.statement(), args).map(rows -> {
            var bySubject = new HashMap<Subject, List<Row>>();
            for (var row : rows) {
                var subject = new Subject(row.getUUID("org_id"), row.getUUID("subject"));
                bySubject.computeIfAbsent(subject, first -> new ArrayList<>()).add(row);
            }
            return bySubject;
        });
    }
}
