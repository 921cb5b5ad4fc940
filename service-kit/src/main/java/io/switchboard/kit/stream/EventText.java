package io.switchboard.kit.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;

/** Writes events as the event stream format of the HTML standard has them. */
final class EventText {
    private final ObjectMapper mapper;

    /** @param mapper that of the REST answers, so that a record looks alike in both */
    EventText(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** JSON has no line breaks of its own. */
    Buffer write(StreamedEvent event) {
        try {
            return Buffer.buffer("id: " + event.id() + "\nevent: " + event.type() + "\ndata: ")
                    .appendBytes(mapper.writeValueAsBytes(event.data()))
                    .appendString("\n\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event of type " + event.type() + " is no JSON", e);
        }
    }
}
