package io.switchboard.voice.webhook;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Adds the route that providers call to the OpenAPI document, before the kit adds what all operations share. */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 100)
public class WebhookDocument implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths()
                .addPathItem(
                        "/webhooks/{provider}/{endpointId}",
                        OASFactory.createPathItem()
                                .POST(operation("takeDelivery", "Take a provider's delivery")
                                        .requestBody(body()))
                                .GET(operation("takeDeliveryInQuery", "Take a delivery in the query")))
                .addPathItem(
                        "/webhooks/{provider}/{endpointId}/tools/{tool}",
                        OASFactory.createPathItem()
                                .POST(operation("useTool", "Use a tool during a call")
                                        .description(
                                                "For platforms that name no tool in the body, which is the tool's arguments, or"
                                                        + " {args, call}. The call is named by call.call_id, conversation_id or call_control_id."
                                                        + " Answered with {result} or {error}, one line, also where the tool is away.")
                                        .parameters(List.of(
                                                parameter("provider").schema(text()),
                                                parameter("endpointId").schema(text().format("uuid")),
                                                parameter("tool").schema(text())))
                                        .requestBody(body())));
    }

    private static Operation operation(String id, String summary) {
        return OASFactory.createOperation()
                .addTag("Webhooks")
                .operationId(id)
                .summary(summary)
                .description(
                        "Signed by the provider in its own way, with a secret of the endpoint. Answered 200 once its"
                                + " events are stored, also when they were before; they are worked on afterwards."
                                + " What asks for something during a call is answered in time, whatever fails. 401 says the same whether the endpoint, the signature or the method is wrong.")
                .parameters(List.of(
                        parameter("provider").schema(text()),
                        parameter("endpointId").schema(text().format("uuid"))))
                .responses(OASFactory.createAPIResponses()
                        .addAPIResponse("200", stored())
                        .addAPIResponse("401", OASFactory.createAPIResponse())
                        .addAPIResponse(
                                "408", OASFactory.createAPIResponse().description("The body did not come in time")));
    }

    private static RequestBody body() {
        return OASFactory.createRequestBody()
                .required(true)
                .description("As the provider sends it, at most 5 MiB")
                .content(content("application/json", "application/x-www-form-urlencoded"));
    }

    private static APIResponse stored() {
        return OASFactory.createAPIResponse()
                .description(
                        "Stored. The body is what the provider expects: an answer to what it asks, else JSON, TwiML or nothing")
                .content(content("application/json", "text/xml"));
    }

    private static Content content(String... mediaTypes) {
        var content = OASFactory.createContent();
        for (var mediaType : mediaTypes) {
            content.addMediaType(mediaType, OASFactory.createMediaType().schema(anything(mediaType)));
        }
        return content;
    }

    /** The provider defines the shape. */
    private static Schema anything(String mediaType) {
        var isText = mediaType.startsWith("text/");
        return OASFactory.createSchema()
                .addType(isText ? Schema.SchemaType.STRING : Schema.SchemaType.OBJECT)
                .addExample(isText ? "<Response/>" : Map.of());
    }

    private static Parameter parameter(String name) {
        return OASFactory.createParameter().name(name).in(Parameter.In.PATH).required(true);
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }
}
