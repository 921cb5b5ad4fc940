package io.switchboard.kit.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jspecify.annotations.Nullable;

/**
 * Gives every schema without an example one: the text in {@code examples.properties} for a field of that name,
 * else what its format, its range or its words allow; and of what has fields an example made of theirs.
 */
class Examples {
    private static final int DEEPEST = 8;
    private static final Map<String, String> FORMATS = Map.of(
            "uuid", "0198f2c4-7d3a-7c51-9b1e-2f6a8d4c0e17",
            "date-time", "2030-01-31T09:30:00Z",
            "date", "2026-01-31");

    private final Map<String, Schema> components;
    private final Properties words = words();
    private final ObjectMapper json = new ObjectMapper();

    Examples(OpenAPI document) {
        components = document.getComponents().getSchemas();
    }

    /** The last part of a reference. */
    static String name(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    void fill(OpenAPI document) {
        // What the scanner shows as a time is long past, which times to come must not be.
        var time = components.get("OffsetDateTime");
        if (time != null) {
            time.setExamples(List.of(FORMATS.get("date-time")));
        }
        components.forEach(this::fillFields);
        components.forEach(this::fill);
        document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .forEach(operation -> {
                    if (operation.getRequestBody() != null) {
                        fill(operation.getRequestBody().getContent());
                    }
                    operation
                            .getResponses()
                            .getAPIResponses()
                            .values()
                            .forEach(response -> fill(response.getContent()));
                });
    }

    private void fill(@Nullable Content content) {
        if (content != null) {
            content.getMediaTypes().values().stream()
                    .map(media -> media.getSchema())
                    .filter(schema -> schema != null && schema.getRef() == null)
                    .forEach(schema -> fill("", schema));
        }
    }

    private void fillFields(String name, Schema schema) {
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((field, own) -> {
                if (own.getRef() == null) {
                    var particular = name + "." + field;
                    fill(words.containsKey(particular) ? particular : field, own);
                }
            });
        }
    }

    private void fill(String name, Schema schema) {
        fillFields(name, schema);
        if (schema.getExamples() == null || schema.getExamples().isEmpty()) {
            schema.addExample(of(name, schema, 0));
        }
    }

    private Object of(String name, Schema schema, int depth) {
        if (schema.getExamples() != null && !schema.getExamples().isEmpty()) {
            return schema.getExamples().get(0);
        }
        if (schema.getRef() != null) {
            var meant = components.get(name(schema.getRef()));
            return meant == null || depth > DEEPEST ? Map.of() : of(name, meant, depth + 1);
        }
        if (schema.getEnumeration() != null && !schema.getEnumeration().isEmpty()) {
            return schema.getEnumeration().get(0);
        }
        var one = firstOf(schema);
        return one == null ? ofType(name, schema, depth) : of(name, one, depth + 1);
    }

    private static @Nullable Schema firstOf(Schema schema) {
        for (var several : new List<?>[] {schema.getAnyOf(), schema.getOneOf(), schema.getAllOf()}) {
            if (several != null && !several.isEmpty()) {
                return (Schema) several.get(0);
            }
        }
        return null;
    }

    private Object ofType(String name, Schema schema, int depth) {
        var types = schema.getType() == null ? List.<SchemaType>of() : schema.getType();
        if (types.contains(SchemaType.ARRAY)) {
            return schema.getItems() == null ? List.of() : List.of(of(name, schema.getItems(), depth + 1));
        }
        if (types.contains(SchemaType.OBJECT) || schema.getProperties() != null) {
            return fields(name, schema, depth);
        }
        if (types.contains(SchemaType.BOOLEAN)) {
            return true;
        }
        if (types.contains(SchemaType.INTEGER) || types.contains(SchemaType.NUMBER)) {
            return number(name, schema);
        }
        return FORMATS.getOrDefault(String.valueOf(schema.getFormat()), text(name));
    }

    private Object fields(String name, Schema schema, int depth) {
        if (schema.getProperties() == null) {
            var known = words.getProperty(name);
            return known == null ? Map.of() : read(known, Map.class);
        }
        var whole = new LinkedHashMap<String, Object>();
        schema.getProperties().forEach((field, own) -> whole.put(field, of(field, own, depth + 1)));
        return whole;
    }

    private Object number(String name, Schema schema) {
        var known = words.getProperty(name);
        if (known != null) {
            return read(known, Number.class);
        }
        return schema.getMinimum() == null ? 3 : schema.getMinimum();
    }

    /** Where nothing is known of a field, its name in words is better than nothing. */
    private String text(String name) {
        var plain = name.replaceAll("([a-z])([A-Z])", "$1 $2").replace('_', ' ').toLowerCase(Locale.ROOT);
        return words.getProperty(name, plain.isEmpty() ? "text" : plain);
    }

    private Object read(String text, Class<?> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("examples.properties: not a " + type.getSimpleName() + ": " + text, e);
        }
    }

    private static Properties words() {
        var file = Examples.class.getResourceAsStream("/examples.properties");
        try (var text = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            var words = new Properties();
            words.load(text);
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
