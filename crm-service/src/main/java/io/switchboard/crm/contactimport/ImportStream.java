package io.switchboard.crm.contactimport;

import io.switchboard.kit.access.AccessFilter;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.ProblemAnswer;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.stream.EventStreams;
import io.switchboard.kit.stream.StreamKind;
import io.switchboard.kit.stream.StreamedEvent;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How an import comes along, as it happens; the stream ends with it. */
@ApplicationScoped
class ImportStream implements StreamKind {
    private static final String STATEMENT =
            "select org_id, subject, key, subject as id, status, import_key, dry_run, total,"
                    + " processed, created, updated, failed, ignored_columns, created_at, finished_at"
                    + " from streamed_contact_imports($1, $2, $3, $4, $5)";

    private final EventStreams streams;
    private final ContactImports imports;
    private final Origin.Current origins;

    ImportStream(EventStreams streams, ContactImports imports, Origin.Current origins) {
        this.streams = streams;
        this.imports = imports;
        this.origins = origins;
    }

    void register(@Observes Router router) {
        router.get(ContactImportRoute.PATH + "/:id/events").handler(this::open);
        router.head(ContactImportRoute.PATH + "/:id/events").handler(this::open);
    }

    private void open(RoutingContext context) {
        var token = AccessFilter.token(context);
        var id = uuid(context.pathParam("id"));
        if (token == null || token.orgId() == null) {
            ProblemAnswer.send(context, Problem.unauthorized());
        } else if (id == null) {
            ProblemAnswer.send(context, Problem.notFound("import", null));
        } else {
            var loop = Vertx.currentContext();
            imports.require(token.tenant(origins.of(context)), id)
                    .subscribe()
                    .with(
                            known -> loop.runOnContext(here -> streams.open(context, this, id)),
                            failure -> loop.runOnContext(here -> ProblemAnswer.send(context, failure)));
        }
    }

    static @Nullable UUID uuid(String text) {
        try {
            return Filters.uuid("id", text);
        } catch (Problem malformed) {
            return null;
        }
    }

    @Override
    public String name() {
        return "contact imports";
    }

    @Override
    public boolean isState() {
        return true;
    }

    @Override
    public String statement() {
        return STATEMENT;
    }

    @Override
    public StreamedEvent event(Row row) {
        var summary = ContactImports.summary(row);
        var status = summary.status();
        return new StreamedEvent(
                row.getUUID("key"), status.isEnd() ? status.wire() : "progress", summary, status.isEnd());
    }
}
