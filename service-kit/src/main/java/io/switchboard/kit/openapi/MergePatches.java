package io.switchboard.kit.openapi;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Says of merge patches that they are forms in which nothing is required. */
final class MergePatches {
    private static final String DESCRIPTION = "A JSON Merge Patch (RFC 7396): absent fields stay, null removes.";

    private MergePatches() {}

    static void describe(OpenAPI document) {
        document.getPaths().getPathItems().values().stream()
                .map(item -> item.getPATCH())
                .filter(operation -> operation != null && operation.getRequestBody() != null)
                .forEach(operation -> describe(document, operation));
        List.copyOf(document.getComponents().getSchemas().keySet()).stream()
                .filter(name -> name.startsWith("MergePatch"))
                .forEach(document.getComponents()::removeSchema);
    }

    private static void describe(OpenAPI document, Operation operation) {
        operation.getRequestBody().getContent().getMediaTypes().values().stream()
                .filter(media -> media.getSchema() != null && media.getSchema().getRef() != null)
                .forEach(media -> describe(document, media));
    }

    private static void describe(OpenAPI document, MediaType media) {
        var form = Examples.name(media.getSchema().getRef());
        var name = form.replaceFirst("Form$", "") + "Patch";
        document.getComponents()
                .addSchema(name, patch(document.getComponents().getSchemas().get(form)));
        media.setSchema(OASFactory.createSchema().ref("#/components/schemas/" + name));
    }

    private static Schema patch(Schema form) {
        return OASFactory.createSchema()
                .type(form.getType())
                .description(DESCRIPTION)
                .properties(form.getProperties());
    }
}
