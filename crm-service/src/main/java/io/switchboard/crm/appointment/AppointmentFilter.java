package io.switchboard.crm.appointment;

import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.QueryParam;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which appointments a list shows. An empty filter is an absent one. */
public class AppointmentFilter {
    @QueryParam("status")
    @Parameter(description = "pending, confirmed, in_progress, completed, cancelled or no_show")
    @Nullable
    String status;

    @QueryParam("assigneeId")
    @Parameter(description = "Of this user")
    @Nullable
    String assigneeId;

    @QueryParam("contactId")
    @Parameter(description = "With this contact")
    @Nullable
    String contactId;

    @QueryParam("from")
    @Parameter(description = "scheduledAt is not earlier")
    @Nullable
    String from;

    @QueryParam("to")
    @Parameter(description = "scheduledAt is earlier")
    @Nullable
    String to;

    @QueryParam("includeDeleted")
    @Parameter(description = "true: deleted ones, too. Admins only")
    @Nullable
    String includeDeleted;

    @Nullable
    AppointmentStatus status() {
        return EnumParam.of(AppointmentStatus.class, "status", status);
    }

    @Nullable
    UUID assigneeId() {
        return Filters.uuid("assigneeId", assigneeId);
    }

    @Nullable
    UUID contactId() {
        return Filters.uuid("contactId", contactId);
    }

    @Nullable
    OffsetDateTime from() {
        return Filters.time("from", from);
    }

    @Nullable
    OffsetDateTime to() {
        return Filters.time("to", to);
    }

    boolean includesDeleted(CallerContext caller) {
        return includesDeleted(caller, includeDeleted);
    }

    /** Whether deleted ones are asked for. Fails with {@code forbidden} for all but admins. */
    static boolean includesDeleted(CallerContext caller, @Nullable String includeDeleted) {
        var asked = Boolean.TRUE.equals(Filters.flag("includeDeleted", includeDeleted));
        if (asked && !caller.role().equals("admin")) {
            throw Problem.forbidden();
        }
        return asked;
    }
}
