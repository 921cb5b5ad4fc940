package io.switchboard.crm.contactimport;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.access.CallerRoute;
import io.switchboard.kit.csv.CsvAnswer;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.ProblemAnswer;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of an import that were refused, as a file that can be mended and imported. */
@ApplicationScoped
class ImportErrorsRoute {
    private static final int ROWS = 500;

    private final ContactImports imports;
    private final Origin.Current origins;

    ImportErrorsRoute(ContactImports imports, Origin.Current origins) {
        this.imports = imports;
        this.origins = origins;
    }

    void register(@Observes Router router) {
        router.get(ContactImportRoute.PATH + "/:id/errors.csv").handler(CallerRoute.of(origins, this::send));
        router.head(ContactImportRoute.PATH + "/:id/errors.csv").handler(CallerRoute.of(origins, this::send));
    }

    private void send(RoutingContext context, CallerContext caller) {
        var id = ImportStream.uuid(context.pathParam("id"));
        if (id == null) {
            throw Problem.notFound("import", null);
        }
        send(context, caller, id);
    }

    private void send(RoutingContext context, CallerContext caller, UUID id) {
        var loop = Vertx.currentContext();
        imports.header(caller, id)
                .subscribe()
                .with(
                        header -> loop.runOnContext(here -> new CsvAnswer<Integer>(
                                        context, "errors.csv", header(header), line -> page(caller, id, line))
                                .send()),
                        failure -> loop.runOnContext(here -> ProblemAnswer.send(context, failure)));
    }

    /** An import ignores the first three columns. */
    private static List<String> header(List<String> names) {
        var all = new ArrayList<>(List.of("line", "field", "message"));
        all.addAll(names);
        return all;
    }

    private Uni<CsvAnswer.Page<Integer>> page(CallerContext caller, UUID id, @Nullable Integer afterLine) {
        return imports.errors(caller, id, afterLine == null ? 0 : afterLine, ROWS)
                .map(errors -> new CsvAnswer.Page<>(
                        errors.rows().stream().map(ImportErrorsRoute::row).toList(),
                        errors.mayGoOn(ROWS) ? errors.last().line() : null));
    }

    private static List<String> row(RowError error) {
        var row = new ArrayList<>(
                List.of(String.valueOf(error.line()), error.field() == null ? "" : error.field(), error.message()));
        row.addAll(error.cells());
        return row;
    }
}
