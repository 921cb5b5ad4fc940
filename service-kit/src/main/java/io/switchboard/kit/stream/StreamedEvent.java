package io.switchboard.kit.stream;

import java.util.UUID;

/**
 * One event of a stream.
 *
 * @param id the record's: {@code id:} on the wire, which comes back as Last-Event-ID
 * @param type {@code event:} on the wire
 * @param data the record as lists show it: {@code data:} on the wire, as JSON
 * @param isLast whether the stream ends after it
 */
public record StreamedEvent(UUID id, String type, Object data, boolean isLast) {
    public StreamedEvent(UUID id, String type, Object data) {
        this(id, type, data, false);
    }
}
