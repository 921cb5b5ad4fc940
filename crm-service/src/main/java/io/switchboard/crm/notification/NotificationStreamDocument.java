package io.switchboard.crm.notification;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.switchboard.kit.stream.StreamDocument;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/** Adds the stream to the OpenAPI document, before the kit adds what all operations share. */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 100)
public class NotificationStreamDocument implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI document) {
        var operation = StreamDocument.operation(
                "Listen to own notifications",
                "Each new notification as an event: id, its type, and as data what the list shows of it. Continues behind"
                        + " Last-Event-ID, of which it repeats at most 15 seconds; without it, it begins with what is new.");
        StreamDocument.add(
                document,
                NotificationStream.PATH,
                operation.addTag("Notifications").operationId("NotificationStream_open"));
    }
}
