package io.switchboard.kit.access;

import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.ProblemAnswer;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BiConsumer;

/** A plain Vert.x route for a member of an organization, for bodies that come or go piece by piece. */
public final class CallerRoute {
    private CallerRoute() {}

    /** @param work what it throws is answered as a problem, since no router catches it here */
    public static Handler<RoutingContext> of(Origin.Current origins, BiConsumer<RoutingContext, CallerContext> work) {
        return context -> {
            var token = AccessFilter.token(context);
            if (token == null || token.orgId() == null) {
                ProblemAnswer.send(context, Problem.unauthorized());
                return;
            }
            try {
                work.accept(context, token.tenant(origins.of(context)));
            } catch (RuntimeException refusal) {
                ProblemAnswer.send(context, refusal);
            }
        };
    }
}
