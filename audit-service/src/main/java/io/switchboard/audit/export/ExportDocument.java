package io.switchboard.audit.export;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Adds the plain route to the OpenAPI document, before the kit adds what all operations share. */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 100)
public class ExportDocument implements OASFilter {
    private static final String LINES =
            "{\"id\":\"0198f2c4-7d3a-7c51-9b1e-2f6a8d4c0e17\",\"action\":\"update\",\"sequence\":1042}\n{\"end\": true, \"records\": 1}\n";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths()
                .addPathItem(LogExportRoute.PATH, OASFactory.createPathItem().GET(operation()));
    }

    private static Operation operation() {
        return OASFactory.createOperation()
                .addTag("Audit Resource")
                .operationId("exportLog")
                .summary("Export the log")
                .description(
                        "The list's records as they were recorded when the export began, newest first. Lines of JSON end with"
                                + " {\"end\": true, \"records\": n}; a CSV file is whole when its last chunk has come, else the connection is"
                                + " cut. With verifiable=true the sealed records of a range, in their order, with what proves that they are"
                                + " all of it: see docs/audit-format.md. Each export is recorded before its first byte and at its end.")
                .parameters(parameters())
                .responses(OASFactory.createAPIResponses()
                        .addAPIResponse(
                                "200",
                                OASFactory.createAPIResponse()
                                        .description("The file")
                                        .content(OASFactory.createContent()
                                                .addMediaType("application/x-ndjson", file(LINES))
                                                .addMediaType(
                                                        "text/csv",
                                                        file(String.join(",", RecordText.HEADER) + "\r\n"))))
                        .addAPIResponse(
                                "404", OASFactory.createAPIResponse().description("Not the caller's organization"))
                        .addAPIResponse(
                                "406", OASFactory.createAPIResponse().description("Neither lines of JSON nor CSV"))
                        .addAPIResponse(
                                "409",
                                OASFactory.createAPIResponse()
                                        .description("Records of the range are not sealed yet; see Retry-After")));
    }

    private static List<Parameter> parameters() {
        var parameters = new ArrayList<Parameter>();
        parameters.add(
                parameter("format", "In place of the header Accept", text().enumeration(List.of("ndjson", "csv"))));
        parameters.add(parameter(
                "verifiable",
                "The sealed records of a range, with what proves them; without filters",
                OASFactory.createSchema().addType(Schema.SchemaType.BOOLEAN).defaultValue(false)));
        parameters.add(parameter("fromSequence", "The first record; without it the first one of all", number()));
        parameters.add(parameter("toSequence", "The last record; without it the last one that is sealed", number()));
        Map.of(
                        "orgId", "For operators, who see all organizations unless they name one",
                        "from", "Occurred then or later; RFC 3339",
                        "to", "Occurred before; RFC 3339",
                        "q", "Part of any text of the record, its data included")
                .forEach((name, description) -> parameters.add(parameter(name, description, text())));
        List.of("actorId", "actorType", "action", "resourceType", "resourceId", "service", "outcome", "requestId")
                .forEach(name -> parameters.add(parameter(name, "Exactly this " + name, text())));
        return parameters;
    }

    private static Parameter parameter(String name, String description, Schema schema) {
        return OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.QUERY)
                .description(description)
                .schema(schema);
    }

    private static MediaType file(String example) {
        return OASFactory.createMediaType().schema(text().addExample(example));
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }

    private static Schema number() {
        return OASFactory.createSchema().addType(Schema.SchemaType.INTEGER).minimum(java.math.BigDecimal.ZERO);
    }
}
