package io.switchboard.audit.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.switchboard.kit.text.CleanText;
import io.switchboard.kit.value.BoundedNumbers;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;

/** Checks events one by one, and rewrites each for the database: clean text, known fields, plain numbers. */
final class EventReader {
    private static final int DEEPEST = 49; // the batch's own array is the fiftieth
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** The database writes numbers without exponents, and six characters may become a thousand. */
    private static final int MOST_ZEROS = 256 * 1024;

    private final String sender;
    private int zeros; // at most, that it adds to the numbers of the event

    /** @param sender the service that events may speak for */
    EventReader(String sender) {
        this.sender = sender;
    }

    /** Fails with {@link InvalidEvent}; discard what it has written by then. */
    void copy(byte[] event, OutputStream to) throws IOException {
        zeros = 0;
        try (var in = JSON.createParser(event);
                var out = JSON.createGenerator(to)) {
            out.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
            in.nextToken();
            copyFields(in, out);
        } catch (JsonProcessingException e) {
            throw new InvalidEvent("cannot be read: too deep, a number too long, or no JSON");
        }
    }

    private void copyFields(JsonParser in, JsonGenerator out) throws IOException {
        var seen = EnumSet.noneOf(EventField.class);
        out.writeStartObject();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            var field = EventField.named(in.currentName());
            if (!seen.add(field)) {
                throw field.invalid("is there twice");
            }
            in.nextToken();
            copyField(field, in, out);
        }
        EventField.requireAll(seen);
        out.writeEndObject();
    }

    private void copyField(EventField field, JsonParser in, JsonGenerator out) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL && !field.isRequired()) {
            return;
        }
        if (in.currentToken() != (field.isObject() ? JsonToken.START_OBJECT : JsonToken.VALUE_STRING)) {
            throw field.invalid(field.isObject() ? "must be an object" : "must be a text");
        }
        out.writeFieldName(field.wire());
        if (field.isObject()) {
            copyObject(in, out);
            return;
        }
        var text = field.read(in.getText());
        if (field == EventField.SERVICE && !text.equals(sender)) {
            throw field.invalid("is not the sender");
        }
        out.writeString(text);
    }

    private void copyObject(JsonParser in, JsonGenerator out) throws IOException {
        int depth = 0;
        do {
            var token = in.currentToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            switch (token) {
                case FIELD_NAME -> out.writeFieldName(CleanText.of(in.currentName()));
                case VALUE_STRING -> out.writeString(CleanText.of(in.getText()));
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(modest(in.getText()));
                default -> out.copyCurrentEvent(in);
            }
        } while (depth > 0 && in.nextToken() != null);
    }

    private String modest(String number) {
        if (!BoundedNumbers.isBounded(number)) {
            throw new InvalidEvent("holds a number out of range");
        }
        int exponent = Math.max(number.indexOf('e'), number.indexOf('E')) + 1;
        zeros += exponent == 0 ? 0 : Math.abs(Integer.parseInt(number.substring(exponent)));
        if (zeros > MOST_ZEROS) {
            throw new InvalidEvent("holds numbers that are too long when they are written out");
        }
        return number;
    }
}
