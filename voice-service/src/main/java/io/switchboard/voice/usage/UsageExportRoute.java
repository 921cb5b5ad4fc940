package io.switchboard.voice.usage;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.access.CallerRoute;
import io.switchboard.kit.csv.CsvAnswer;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.problem.ProblemAnswer;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Sends usage as a file. A plain Vert.x route, since it is sent page by page. */
@ApplicationScoped
class UsageExportRoute {
    static final String PATH = "/api/usage/export.csv";

    private final UsageExports exports;
    private final Origin.Current origins;

    UsageExportRoute(UsageExports exports, Origin.Current origins) {
        this.exports = exports;
        this.origins = origins;
    }

    void register(@Observes Router router) {
        router.get(PATH).handler(CallerRoute.of(origins, this::send));
        router.head(PATH).handler(CallerRoute.of(origins, this::send));
    }

    private void send(RoutingContext context, CallerContext caller) {
        var from = Filters.date("from", Filters.parameter(context, "from"));
        var to = Filters.date("to", Filters.parameter(context, "to"));
        var loop = Vertx.currentContext();
        exports.days(caller, from, to)
                .subscribe()
                .with(
                        days -> loop.runOnContext(
                                here -> file(context, caller, days).send()),
                        failure -> loop.runOnContext(here -> ProblemAnswer.send(context, failure)));
    }

    private CsvAnswer<UsageExports.PageStart> file(
            RoutingContext context, CallerContext caller, UsageExports.Days days) {
        return new CsvAnswer<>(context, "usage.csv", UsageExports.HEADER, from -> Uni.createFrom()
                .deferred(() -> exports.page(caller, days, from)));
    }
}
