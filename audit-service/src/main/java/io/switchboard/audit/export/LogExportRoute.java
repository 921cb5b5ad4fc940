package io.switchboard.audit.export;

import io.smallrye.mutiny.Uni;
import io.switchboard.audit.log.LogFilter;
import io.switchboard.audit.log.Operators;
import io.switchboard.kit.access.CallerRoute;
import io.switchboard.kit.http.FileAnswer;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.UUID;

/** Sends the log as a file. A plain Vert.x route, since it is sent piece by piece. */
@ApplicationScoped
class LogExportRoute {
    static final String PATH = "/api/audit/logs/export";

    private final LogExports exports;
    private final VerifiableExports verifiableExports;
    private final Origin.Current origins;

    LogExportRoute(LogExports exports, VerifiableExports verifiableExports, Origin.Current origins) {
        this.exports = exports;
        this.verifiableExports = verifiableExports;
        this.origins = origins;
    }

    void register(@Observes Router router) {
        router.get(PATH).handler(CallerRoute.of(origins, this::send));
        router.head(PATH).handler(CallerRoute.of(origins, this::send));
    }

    private void send(RoutingContext context, CallerContext caller) {
        file(context, caller).send();
    }

    private FileAnswer<?> file(RoutingContext context, CallerContext caller) {
        var filter = LogFilter.of(name -> Filters.parameter(context, name));
        filter.check();
        var org = Operators.organization(caller, Filters.parameter(context, "orgId"));
        var format = ExportFormat.of(
                Filters.parameter(context, "format"), context.parsedHeaders().accept());
        return Boolean.TRUE.equals(Filters.flag("verifiable", Filters.parameter(context, "verifiable")))
                ? verifiable(context, caller, org, filter, format)
                : plain(context, caller, filter, format);
    }

    private FileAnswer<ExportPlace> plain(
            RoutingContext context, CallerContext caller, LogFilter filter, ExportFormat format) {
        for (var name : List.of("fromSequence", "toSequence")) {
            if (Filters.text(name, Filters.parameter(context, name)) != null) { // else it would have been the whole log
                throw Filters.invalid(name, "is for verifiable exports");
            }
        }
        return new FileAnswer<>(context, format.mediaType(), "audit-logs." + format.wire(), from -> Uni.createFrom()
                .deferred(() -> exports.piece(caller, filter, format, from)));
    }

    private FileAnswer<VerifiablePlace> verifiable(
            RoutingContext context, CallerContext caller, UUID org, LogFilter filter, ExportFormat format) {
        filter.given().keySet().stream()
                .filter(name -> !name.equals("orgId"))
                .findFirst()
                .ifPresent(name -> {
                    throw Filters.invalid(name, "is not for verifiable exports, which have all records of a range");
                });
        if (format != ExportFormat.NDJSON) {
            throw Filters.invalid("verifiable", "is for lines of JSON");
        }
        var range = VerifiableRange.of(org, name -> Filters.parameter(context, name));
        return new FileAnswer<>(context, format.mediaType(), "audit-logs-verifiable.ndjson", from -> Uni.createFrom()
                .deferred(() -> verifiableExports.piece(caller, range, from)));
    }
}
