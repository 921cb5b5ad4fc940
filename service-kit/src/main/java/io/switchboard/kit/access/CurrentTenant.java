package io.switchboard.kit.access;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.Tenant;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;

/** Makes the tenant of the request at hand injectable. */
class CurrentTenant {

    @Produces
    @RequestScoped
    Tenant tenant(CurrentVertxRequest request, Origin.Current origin) {
        var context = request.getCurrent();
        var token = context == null ? null : Gate.token(context);
        if (token == null || token.orgId() == null) {
            throw Problem.unauthorized();
        }
        return token.tenant(origin.get());
    }
}
