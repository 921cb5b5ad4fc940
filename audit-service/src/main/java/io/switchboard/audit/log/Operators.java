package io.switchboard.audit.log;

import io.switchboard.kit.http.Filters;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What operators may that others may not: read another organization's records. */
public final class Operators {
    private static final String ROLE = "platform_admin";

    private Operators() {}

    public static boolean is(CallerContext caller) {
        return ROLE.equals(caller.role());
    }

    /**
     * The organization that is asked about: the caller's own, unless an operator names one. Fails with {@code invalid_filter} or
     * {@code organization_not_found}.
     *
     * @param orgId the parameter of that name
     */
    public static UUID organization(CallerContext caller, @Nullable String orgId) {
        var named = Filters.uuid("orgId", orgId);
        if (named == null || named.equals(caller.orgId())) {
            return caller.orgId();
        }
        if (!is(caller)) {
            throw Problem.notFound("organization", named);
        }
        return named;
    }
}
