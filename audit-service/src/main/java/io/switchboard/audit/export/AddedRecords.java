package io.switchboard.audit.export;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.LongJobs;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds rows that were slipped into the log after their neighbours were sealed. */
@ApplicationScoped
class AddedRecords {
    /** In larger ranges only the check of the whole log finds them: it takes its time. */
    private static final long MOST_RECORDS = 200_000;

    private static final Duration TIME = Duration.ofSeconds(20);

    private final LongJobs jobs;

    AddedRecords(LongJobs jobs) {
        this.jobs = jobs;
    }

    /** @param sequence of the sealed record that it stands before */
    record AddedRecord(UUID id, long sequence) {}

    /** The first one of the range; null if there is none, or if the range is too large to look. */
    Uni<@Nullable AddedRecord> find(UUID org, long from, long to) {
        return to - from >= MOST_RECORDS
                ? Uni.createFrom().nullItem()
                : jobs.run("select id, sequence from added_record($1, $2, $3)", Tuple.of(org, from, to), TIME)
                        .map(rows -> rows.iterator().hasNext()
                                ? added(rows.iterator().next())
                                : null);
    }

    private static AddedRecord added(Row row) {
        return new AddedRecord(row.getUUID("id"), row.getLong("sequence"));
    }
}
