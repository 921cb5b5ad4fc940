package io.switchboard.kit.stream;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** What the OpenAPI document says of streams; a feature adds its own by an OASFilter of priority 100. */
public final class StreamDocument {
    private static final String EXAMPLE = """
            retry: 1000

            id: 0198f2c4-7d3a-7c51-9b1e-2f6a8d4c0e17
            event: missed_call
            data: {"id":"0198f2c4-7d3a-7c51-9b1e-2f6a8d4c0e17"}

            """;

    private StreamDocument() {}

    /** Adds an operation with the method GET. */
    public static void add(OpenAPI document, String path, Operation operation) {
        document.getPaths().addPathItem(path, OASFactory.createPathItem().GET(operation));
    }

    /** The caller adds a tag and an operation id. */
    public static Operation operation(String summary, String description) {
        return OASFactory.createOperation()
                .summary(summary)
                .description(description
                        + " It ends when the access token expires, and when the server says so by closing it:"
                        + " come again with a fresh token.")
                .parameters(List.of(OASFactory.createParameter()
                        .name("Last-Event-ID")
                        .in(Parameter.In.HEADER)
                        .description("The id of the last event received")
                        .schema(OASFactory.createSchema().addType(SchemaType.STRING))))
                .responses(OASFactory.createAPIResponses()
                        .addAPIResponse(
                                "200",
                                OASFactory.createAPIResponse()
                                        .description("Server-sent events, without end; a comment every 15 seconds")
                                        .content(OASFactory.createContent()
                                                .addMediaType(
                                                        "text/event-stream",
                                                        OASFactory.createMediaType()
                                                                .schema(OASFactory.createSchema()
                                                                        .addType(SchemaType.STRING)
                                                                        .addExample(EXAMPLE)))))
                        .addAPIResponse(
                                "406",
                                OASFactory.createAPIResponse().description("The client takes no event streams")));
    }
}
