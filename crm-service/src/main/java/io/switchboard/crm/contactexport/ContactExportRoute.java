package io.switchboard.crm.contactexport;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.contact.LeadScore;
import io.switchboard.crm.contact.LeadStatus;
import io.switchboard.crm.csv.ContactColumn;
import io.switchboard.kit.access.CallerRoute;
import io.switchboard.kit.csv.CsvAnswer;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

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
        router.get(PATH).handler(CallerRoute.of(origins, this::send));
        router.head(PATH).handler(CallerRoute.of(origins, this::send));
    }

    private void send(RoutingContext context, CallerContext caller) {
        var filter = new ExportFilter(
                EnumParam.of(LeadScore.class, "leadScore", Filters.parameter(context, "leadScore")),
                EnumParam.of(LeadStatus.class, "leadStatus", Filters.parameter(context, "leadStatus")));
        new CsvAnswer<ExportCursor>(context, "contacts.csv", ContactColumn.header(), from -> Uni.createFrom()
                        .deferred(() -> exports.page(caller, filter, from)))
                .send();
    }
}
