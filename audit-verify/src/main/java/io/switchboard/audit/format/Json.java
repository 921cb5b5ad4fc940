package io.switchboard.audit.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the JSON of the audit log's files, an object at a time. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** The fields of an object. */
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private Json() {}

    static byte[] object(Fields fields) {
        var bytes = new ByteArrayOutputStream(1024);
        try (var json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static void hashes(JsonGenerator json, String name, List<byte[]> hashes) throws IOException {
        json.writeArrayFieldStart(name);
        for (var hash : hashes) {
            json.writeString(Base64Hash.encode(hash));
        }
        json.writeEndArray();
    }

    static void texts(JsonGenerator json, String name, List<?> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (var text : texts) {
            json.writeString(text.toString());
        }
        json.writeEndArray();
    }

    /** A field whose value is JSON already. */
    static void raw(JsonGenerator json, String name, byte @Nullable [] value) throws IOException {
        json.writeFieldName(name);
        json.writeRawValue(value == null ? "null" : new String(value, StandardCharsets.UTF_8));
    }

    static void time(JsonGenerator json, String name, @Nullable Instant time) throws IOException {
        if (time != null) {
            json.writeStringField(name, time.toString());
        }
    }
}
