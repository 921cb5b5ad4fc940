package io.switchboard.audit.log;

import io.smallrye.mutiny.Uni;
import io.switchboard.audit.event.Events;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records each reading of the log in the log of the reader's organization, and what an operator reads of one tenant also in that
 * tenant's log. After the query and before the answer, which fails if this does.
 */
@ApplicationScoped
public class Readings {
    public static final String LOG = "audit_logs";

    private static final String READ = "read";
    private static final String EXPORT = "export";

    private final Events events;

    Readings(Events events) {
        this.events = events;
    }

    public static AuditEvent success(@Nullable Object id, Map<String, ?> details) {
        return AuditEvent.success(READ, LOG, id).with(details);
    }

    public static AuditEvent failure(@Nullable Object id, Map<String, ?> details) {
        return AuditEvent.failure(READ, LOG, id).with(details);
    }

    /** The ids of the events that tell of a reading: in the reader's organization, and in the one that an operator reads. */
    public record Ids(UUID own, UUID tenants) {
        public static Ids next() {
            return new Ids(UuidV7.next(), UuidV7.next());
        }
    }

    /** @param tenant whose records are read; null where they are of several organizations or none */
    public Uni<Void> record(CallerContext caller, AuditEvent event, @Nullable UUID tenant) {
        return record(caller, Ids.next(), event, tenant);
    }

    /** Of one record, which may not be there. */
    public Uni<Void> record(CallerContext caller, UUID id, @Nullable AuditRecord found, Map<String, ?> details) {
        return record(
                caller,
                found == null ? failure(id, details) : success(id, details),
                found == null ? null : found.orgId());
    }

    /** An export, or how many records it had. */
    public Uni<Void> recordExport(CallerContext caller, Ids ids, Map<String, ?> details, @Nullable UUID tenant) {
        return record(caller, ids, AuditEvent.success(EXPORT, LOG, null).with(details), tenant);
    }

    private Uni<Void> record(CallerContext caller, Ids ids, AuditEvent event, @Nullable UUID tenant) {
        return tenant == null || tenant.equals(caller.orgId()) || !Operators.is(caller)
                ? events.record(caller, ids.own(), event)
                : events.record(caller, ids.own(), event, tenant, ids.tenants(), byOperator(event));
    }

    /** The organization of all items; null where there are several, or no items. */
    static <T> @Nullable UUID tenant(List<T> items, Function<T, UUID> organization) {
        var organizations = items.stream().map(organization).distinct().toList();
        return organizations.size() == 1 ? organizations.get(0) : null;
    }

    private static AuditEvent byOperator(AuditEvent event) {
        var details = new HashMap<String, Object>(event.details());
        details.put("operator", true);
        return event.with(details);
    }
}
