package io.switchboard.voice.callstream;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.switchboard.kit.stream.StreamDocument;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/** Adds the stream to the OpenAPI document, before the kit adds what all operations share. */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 100)
public class CallStreamDocument implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI document) {
        var operation = StreamDocument.operation(
                "Listen to calls",
                "call.started, call.updated and call.ended, each with the call as lists show it at the moment of sending. A PIN"
                        + " client hears of its own. Continues behind Last-Event-ID, up to an hour back, and repeats at most 15"
                        + " seconds; without it, it begins with what is new.");
        StreamDocument.add(document, CallStream.PATH, operation.addTag("Calls").operationId("CallStream_open"));
    }
}
