package io.switchboard.voice.recording;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Adds the plain route to the OpenAPI document, before the kit adds what all operations share. */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 100)
public class RecordingDocument implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths()
                .addPathItem(RecordingRoute.PATH, OASFactory.createPathItem().GET(operation()));
    }

    private static Operation operation() {
        return OASFactory.createOperation()
                .addTag("Calls")
                .operationId("fetchRecording")
                .summary("Fetch the recording of a call")
                .description(
                        "A redirect to a link that opens for a while, or the recording itself, in parts if Range asks for one. It"
                                + " is fetched from the provider with an API key that an active admin keeps here, and each fetch is"
                                + " on the audit trail. Without such a key it is 409 provider_key_missing; provider_key_refused says"
                                + " that the provider does not take it.")
                .parameters(List.of(
                        parameter("id", Parameter.In.PATH, text().format("uuid"))
                                .required(true),
                        parameter("Range", Parameter.In.HEADER, text()).description("Such as bytes=0-65535")))
                .responses(OASFactory.createAPIResponses()
                        .addAPIResponse("200", sound("The recording"))
                        .addAPIResponse("206", sound("A part of the recording"))
                        .addAPIResponse("302", answer("Location is a link that opens for a while"))
                        .addAPIResponse("404", answer("There is no such call, or no recording of it"))
                        .addAPIResponse(
                                "409", answer("No admin keeps a key of the provider, or the provider refuses it"))
                        .addAPIResponse("416", answer("The recording has no such part"))
                        .addAPIResponse("502", answer("The provider gave no usable answer")));
    }

    private static APIResponse sound(String description) {
        return answer(description)
                .content(OASFactory.createContent()
                        .addMediaType(
                                "audio/*",
                                OASFactory.createMediaType()
                                        .schema(text().format("binary").addExample("ID3"))));
    }

    private static APIResponse answer(String description) {
        return OASFactory.createAPIResponse().description(description);
    }

    private static Parameter parameter(String name, Parameter.In in, Schema schema) {
        return OASFactory.createParameter().name(name).in(in).schema(schema);
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }
}
