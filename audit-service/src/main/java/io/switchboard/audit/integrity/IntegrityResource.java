package io.switchboard.audit.integrity;

import io.smallrye.mutiny.Uni;
import io.switchboard.audit.log.Operators;
import io.switchboard.audit.log.Readings;
import io.switchboard.kit.openapi.AlsoAnswers;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Checks over HTTP. */
@Path("/api/audit/integrity")
public class IntegrityResource {
    private final CallerContext caller;
    private final Integrity integrity;
    private final Readings readings;

    IntegrityResource(CallerContext caller, Integrity integrity, Readings readings) {
        this.caller = caller;
        this.integrity = integrity;
        this.readings = readings;
    }

    /** Fails with {@code invalid_filter}, {@code organization_not_found} or {@code check_running}. */
    @GET
    @AlsoAnswers({404, 409})
    @Operation(
            summary = "Check the log now",
            description =
                    "Whether the records are as they were sealed: all of them, or the newest 200,000 and what the last check"
                            + " of all found for the rest. 409 check_running while another check of the organization runs.")
    public Uni<IntegrityView> check(
            @QueryParam("orgId")
                    @Parameter(description = "For operators; their own organization unless they name one")
                    @Nullable
                    String orgId) {
        var org = Operators.organization(caller, orgId);
        return integrity
                .check(caller, org)
                .call(found -> readings.record(
                        caller, Readings.success(null, Map.of("integrity", true, "valid", found.valid())), org));
    }
}
