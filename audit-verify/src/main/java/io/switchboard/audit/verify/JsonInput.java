package io.switchboard.audit.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.switchboard.audit.format.Base64Hash;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads JSON objects one after the other, field by field, of exactly the kinds that are asked for. Everything is bounded. */
final class JsonInput implements Closeable {
    /** Characters. An event has at most 1 MiB; PostgreSQL prints it with more spaces. */
    private static final int LONGEST_TEXT = 4 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4)
                    .maxNumberLength(20)
                    .maxNameLength(100)
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .build();

    private final JsonParser parser;

    JsonInput(InputStream in) throws IOException {
        parser = FACTORY.createParser(in);
    }

    /** Enters the next object; false at the end of the file. */
    boolean beginObject() throws IOException {
        var token = parser.nextToken();
        if (token == null) {
            return false;
        }
        require(token == JsonToken.START_OBJECT, "is not an object");
        return true;
    }

    /** The next field's name; null at the end of the object. */
    @Nullable
    String field() throws IOException {
        return parser.nextFieldName();
    }

    /** Likewise of an object in which no name may stand twice. */
    @Nullable
    String field(Set<String> seen) throws IOException {
        var name = field();
        require(name == null || seen.add(name), "stands there twice");
        return name;
    }

    /** Enters an object that is the value of the field; false if it is null. */
    boolean objectOrNull() throws IOException {
        var token = parser.nextToken();
        require(token == JsonToken.START_OBJECT || token == JsonToken.VALUE_NULL, "is neither an object nor null");
        return token == JsonToken.START_OBJECT;
    }

    String text() throws IOException {
        require(parser.nextToken() == JsonToken.VALUE_STRING, "is not a text");
        return parser.getText();
    }

    /** From 0 to 2^53 - 1. */
    long number() throws IOException {
        require(parser.nextToken() == JsonToken.VALUE_NUMBER_INT, "is not a whole number");
        return currentNumber();
    }

    private long currentNumber() throws IOException {
        require(parser.getTextLength() <= 16, "is too large a number");
        long value = parser.getLongValue();
        require(value >= 0 && value < 1L << 53, "is not between 0 and 2^53 - 1");
        return value;
    }

    /** Likewise, or -1: the last of no records. */
    long numberOrMinusOne() throws IOException {
        require(parser.nextToken() == JsonToken.VALUE_NUMBER_INT, "is not a whole number");
        if (parser.getText().equals("-1")) {
            return -1;
        }
        return currentNumber();
    }

    boolean isTrue() throws IOException {
        return parser.nextToken() == JsonToken.VALUE_TRUE;
    }

    Instant time() throws IOException {
        var text = text();
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw refusal("is not a time in UTC");
        }
    }

    String uuid() throws IOException {
        var text = text();
        require(Uuids.isUuid(text), "is not a UUID in lower case");
        return text;
    }

    List<byte[]> hashes(int most) throws IOException {
        return list(most, () -> Base64Hash.decode(parser.getText()));
    }

    List<String> texts(int most) throws IOException {
        return list(most, parser::getText);
    }

    /** Passes each text of a list on. */
    void eachText(TextSink sink) throws IOException {
        require(parser.nextToken() == JsonToken.START_ARRAY, "is not a list");
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            require(token == JsonToken.VALUE_STRING, "is not a list of texts");
            try {
                sink.accept(parser.getText());
            } catch (IllegalArgumentException e) {
                throw refusal("is not as it should be: " + e.getMessage());
            }
        }
    }

    interface TextSink {
        void accept(String text) throws IOException;
    }

    private interface Value<T> {
        T read() throws IOException;
    }

    private <T> List<T> list(int most, Value<T> value) throws IOException {
        var values = new ArrayList<T>();
        eachText(text -> {
            require(values.size() < most, "has more than " + most + " entries");
            values.add(value.read());
        });
        return values;
    }

    void require(boolean holds, String flaw) throws IOException {
        if (!holds) {
            throw refusal(flaw);
        }
    }

    Unusable refusal(String flaw) throws IOException {
        var name = parser.currentName();
        return new Unusable(where() + (name == null ? "the line" : "'" + Printable.of(name) + "'") + " " + flaw);
    }

    String where() {
        return "line " + parser.currentLocation().getLineNr() + ": ";
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
