package io.switchboard.kit.test;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The OpenAPI Initiative's schema of version 3.1 (spec.openapis.org/oas/3.1/schema/2022-10-07), and JSON Schema's own for the
 * schemas inside a document.
 */
final class OpenApiSchema {
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);

    private OpenApiSchema() {}

    static Set<String> faults(String document) {
        var faults = new TreeSet<>(faults(
                SCHEMAS.getSchema(OpenApiSchema.class.getResourceAsStream("/openapi-3.1.schema.json")),
                "document",
                document));
        var inside = SCHEMAS.getSchema(SchemaLocation.of(SchemaId.V202012));
        new JsonObject(document)
                .getJsonObject("components")
                .getJsonObject("schemas")
                .forEach(schema ->
                        faults.addAll(faults(inside, schema.getKey(), ((JsonObject) schema.getValue()).encode())));
        return faults;
    }

    private static Set<String> faults(JsonSchema schema, String name, String json) {
        return schema.validate(json, InputFormat.JSON).stream()
                .map(fault -> name + ": " + fault.getMessage())
                .collect(Collectors.toSet());
    }
}
