package io.switchboard.kit.access;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;

/** Makes the caller of the current request injectable. */
class CurrentCaller {

    @Produces
    @RequestScoped
    CallerContext tenant(CurrentVertxRequest request, Origin.Current origin) {
        var context = request.getCurrent();
        var token = context == null ? null : AccessFilter.token(context);
        if (token == null || token.orgId() == null) {
            throw Problem.unauthorized();
        }
        return token.tenant(origin.get());
    }
}
