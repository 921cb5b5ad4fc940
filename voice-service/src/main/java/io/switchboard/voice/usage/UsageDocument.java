package io.switchboard.voice.usage;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Adds the plain route to the OpenAPI document, before the kit adds what all operations share. */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 100)
public class UsageDocument implements OASFilter {
    private static final String EXAMPLE = String.join(",", UsageExports.HEADER)
            + "\r\n2026-12-01,0198f2c4-7d3a-7c51-9b1e-2f6a8d4c0e17,0198f2c4-7d3a-7c51-9b1e-2f6a8d4c0e18,call,3,1200,95,0.42\r\n";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths()
                .addPathItem(UsageExportRoute.PATH, OASFactory.createPathItem().GET(operation()));
    }

    private static Operation operation() {
        var file = OASFactory.createMediaType().schema(text().addExample(EXAMPLE));
        return OASFactory.createOperation()
                .addTag("Usage")
                .operationId("exportUsage")
                .summary("Export usage as CSV")
                .description(
                        "By day of the organization's time zone, user, voice agent and source (api, call or widget): of all"
                                + " users for admins and enterprise, else the caller's own. seconds are of talk, cost is in USD.")
                .parameters(List.of(
                        day("from", "The first day; without it the first of the month of the last day"),
                        day("to", "The last day, at most 365 days after the first; without it today")))
                .responses(OASFactory.createAPIResponses()
                        .addAPIResponse(
                                "200",
                                OASFactory.createAPIResponse()
                                        .description("The file")
                                        .content(OASFactory.createContent().addMediaType("text/csv", file)))
                        .addAPIResponse(
                                "422",
                                OASFactory.createAPIResponse()
                                        .description("The days end before they begin, or are too many")));
    }

    private static Parameter day(String name, String description) {
        return OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.QUERY)
                .description(description)
                .schema(text().format("date"));
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }
}
