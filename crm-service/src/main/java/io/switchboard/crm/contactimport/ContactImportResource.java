package io.switchboard.crm.contactimport;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Imports over HTTP; {@link ContactImportRoute} takes the files. */
@Path(ContactImportRoute.PATH)
@Tag(name = "Imports and export")
public class ContactImportResource {
    private final CallerContext caller;
    private final ContactImports imports;

    ContactImportResource(CallerContext caller, ContactImports imports) {
        this.caller = caller;
        this.imports = imports;
    }

    /** Fails with {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(summary = "List imports", description = "Newest first, without the rows that were refused.")
    public Uni<PageOf<ImportSummary>> list(@BeanParam Page page) {
        return imports.list(caller, page);
    }

    /** Fails with {@code import_not_found}. */
    @GET
    @Path("{id}")
    @Operation(
            summary = "Show an import",
            description = "With the first 1,000 rows that were refused; errors.csv has all of them.")
    public Uni<ContactImportView> show(@RestPath UUID id) {
        return imports.show(caller, id);
    }
}
