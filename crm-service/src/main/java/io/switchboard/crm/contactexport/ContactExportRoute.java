package io.switchboard.crm.contactexport;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.contact.LeadScore;
import io.switchboard.crm.contact.LeadStatus;
import io.switchboard.crm.csv.ContactColumn;
import io.switchboard.kit.access.AccessFilter;
import io.switchboard.kit.csv.CsvAnswer;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.ProblemAnswer;
import io.switchboard.kit.request.Origin;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/** Sends all contacts, or those of a filter, as a file that an import reads. A plain Vert.x route, since it is sent page by page. */
@ApplicationScoped
class ContactExportRoute {
    static final String PATH = "/api/contacts/export.csv";

    private final ContactExports exports;
    private final Origin.Current origins;

    ContactExportRoute(ContactExports exports, Origin.Current origins) {
        this.exports = exports;
        this.origins = origins;
    }

    void register(@Observes Router router) {
        router.get(PATH).handler(this::send);
        router.head(PATH).handler(this::send);
    }

    private void send(RoutingContext context) {
        var token = AccessFilter.token(context);
        if (token == null || token.orgId() == null) {
            ProblemAnswer.send(context, Problem.unauthorized());
            return;
        }
        try {
            var caller = token.tenant(origins.of(context));
            var filter = new ExportFilter(
                    EnumParam.of(LeadScore.class, "leadScore", parameter(context, "leadScore")),
                    EnumParam.of(LeadStatus.class, "leadStatus", parameter(context, "leadStatus")));
            new CsvAnswer<ExportCursor>(context, "contacts.csv", ContactColumn.header(), from -> Uni.createFrom()
                            .deferred(() -> exports.page(caller, filter, from)))
                    .send();
        } catch (RuntimeException refusal) { // no router catches it here
            ProblemAnswer.send(context, refusal);
        }
    }

    private static @Nullable String parameter(RoutingContext context, String name) {
        var given = context.queryParam(name);
        if (given.size() > 1) {
            throw Filters.invalid(name, "is given once");
        }
        return given.isEmpty() ? null : given.get(0);
    }
}
