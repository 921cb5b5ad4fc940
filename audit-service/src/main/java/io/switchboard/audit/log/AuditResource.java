package io.switchboard.audit.log;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** The log over HTTP. Every answer is recorded in the log first. */
@Path("/api/audit/logs")
public class AuditResource {
    private final CallerContext caller;
    private final AuditLog log;
    private final Readings readings;

    AuditResource(CallerContext caller, AuditLog log, Readings readings) {
        this.caller = caller;
        this.log = log;
        this.readings = readings;
    }

    /** Fails with {@code invalid_filter}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(
            summary = "The log, newest first",
            description =
                    "A page that filters by more than actor, resource, request and time looks at a bounded number of"
                            + " records; it may hold fewer than requested, even zero, while nextCursor says that there are more.")
    public Uni<PageOf<AuditRecord>> list(LogFilter filter, Page page) {
        return log.list(caller, filter, page).call(found -> {
            var details =
                    new HashMap<String, Object>(Map.of("found", found.items().size()));
            details.putAll(filter.given());
            var named = filter.orgId();
            return readings.record(
                    caller,
                    Readings.success(null, details),
                    named != null ? named : Readings.tenant(found.items(), AuditRecord::orgId));
        });
    }

    /** Fails with {@code audit_log_not_found}. */
    @GET
    @Path("{id}")
    public Uni<AuditRecord> show(@RestPath UUID id) {
        return log.find(caller, id)
                .call(found -> readings.record(caller, id, found, Map.of()))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("audit_log", id));
    }

    /** Fails with {@code history_not_found} if the log has no event of the record. */
    @GET
    @Path("resource/{type}/{id}")
    @Operation(summary = "The history of one record, newest first, as what changed")
    public Uni<PageOf<HistoryEntry>> history(@RestPath String type, @RestPath String id, Page page) {
        var asked = Map.of("resourceType", type, "resourceId", id);
        return log.history(caller, type, id, page)
                .map(found -> found.items().isEmpty() && page.after() == null ? null : found)
                .call(found -> readings.record(
                        caller,
                        found != null ? Readings.success(null, asked) : Readings.failure(null, asked),
                        found != null ? Readings.tenant(found.items(), HistoryEntry::orgId) : null))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("history", id));
    }
}
