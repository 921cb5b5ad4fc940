package io.switchboard.kit.test;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What must hold for every operation in a service's OpenAPI document. */
public final class DocumentChecks {
    private static final Map<String, List<String>> HEADERS = Map.of(
            "401",
            List.of("WWW-Authenticate"),
            "429",
            List.of("Retry-After", "RateLimit"),
            "503",
            List.of("Retry-After"));

    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    private final JsonObject document = new JsonObject(
            given().accept("application/json").get("/q/openapi?format=json").asString());
    private final Set<String> faults = new TreeSet<>();
    private final Set<String> operationIds = new HashSet<>();

    private DocumentChecks() {}

    public static void run() {
        var checks = new DocumentChecks();
        checks.document.getJsonObject("paths").forEach(path -> ((JsonObject) path.getValue())
                .forEach(method -> checks.operation(
                        method.getKey().toUpperCase() + " " + path.getKey(), (JsonObject) method.getValue())));
        var schemas = checks.document.getJsonObject("components").getJsonObject("schemas");
        schemas.forEach(schema -> checks.schema(schema.getKey(), (JsonObject) schema.getValue()));
        checks.fault(checks.document.getJsonArray("servers", new JsonArray()).isEmpty(), "no servers");
        checks.faults.addAll(OpenApiSchema.faults(checks.document.encode()));
        assertEquals(Set.of(), checks.faults);
    }

    private void operation(String name, JsonObject operation) {
        var body = operation.getJsonObject("requestBody");
        if (body != null) {
            content(name + " body", body);
        }
        var parameters = operation.getJsonArray("parameters", new JsonArray());
        var asksForVersion = parameters.stream()
                .map(JsonObject.class::cast)
                .anyMatch(parameter -> parameter.getString("name", "").equals("If-Match"));
        var id = operation.getString("operationId");
        fault(id == null || !operationIds.add(id), name + ": operationId " + id + " is missing or taken");
        fault(
                !pathParameters(parameters).equals(named(name)),
                name + ": path parameters " + pathParameters(parameters));
        var security = operation.getJsonArray("security");
        var asksForToken = security != null
                && security.stream().map(JsonObject.class::cast).anyMatch(one -> one.containsKey("accessToken"));
        fault(
                security == null || asksForToken == "public".equals(operation.getString("x-who")),
                name + ": security is " + security
                        + ", not the access token exactly where the operation is not public");
        var responses = operation.getJsonObject("responses");
        fault(!responses.containsKey("429"), name + ": no 429, which the front answers to too many bytes or requests");
        fault(responses.containsKey("412") != asksForVersion, name + ": If-Match and 412 go together");
        responses.forEach(response -> answer(name + " " + response.getKey(), (JsonObject) response.getValue()));
    }

    private static List<String> pathParameters(JsonArray parameters) {
        return parameters.stream()
                .map(JsonObject.class::cast)
                .filter(parameter -> parameter.getString("in").equals("path"))
                .map(parameter -> parameter.getString("name"))
                .sorted()
                .toList();
    }

    private static List<String> named(String path) {
        return PARAMETER
                .matcher(path)
                .results()
                .map(match -> match.group(1))
                .sorted()
                .toList();
    }

    private void answer(String name, JsonObject answer) {
        fault(answer.getString("description", "").isBlank(), name + ": no description");
        content(name, answer);
        var headers = answer.getJsonObject("headers", new JsonObject());
        HEADERS.getOrDefault(name.substring(name.length() - 3), List.of())
                .forEach(header -> fault(!headers.containsKey(header), name + ": no header " + header));
    }

    private void content(String name, JsonObject place) {
        if (!place.containsKey("content")) {
            return;
        }
        fault(place.getJsonObject("content").isEmpty(), name + ": nothing in its content");
        place.getJsonObject("content").forEach(media -> {
            var schema = ((JsonObject) media.getValue()).getJsonObject("schema");
            fault(schema == null, name + ": no schema");
            if (schema != null) {
                schema(name, schema);
            }
        });
    }

    private void schema(String name, JsonObject schema) {
        var reference = schema.getString("$ref");
        if (reference != null) {
            var known = document.getJsonObject("components").getJsonObject("schemas");
            fault(!known.containsKey(reference.substring(reference.lastIndexOf('/') + 1)), name + ": no " + reference);
            return;
        }
        fault(
                Stream.of("example", "examples").noneMatch(schema::containsKey)
                        || schema.containsKey("examples")
                                && schema.getJsonArray("examples").isEmpty(),
                name + ": no example");
        schema.getJsonObject("properties", new JsonObject())
                .forEach(property -> schema(name + "." + property.getKey(), (JsonObject) property.getValue()));
    }

    private void fault(boolean is, String what) {
        if (is) {
            faults.add(what);
        }
    }
}
