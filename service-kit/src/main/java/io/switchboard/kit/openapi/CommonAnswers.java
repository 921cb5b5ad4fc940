package io.switchboard.kit.openapi;

import static java.util.Map.entry;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.switchboard.kit.access.AccessTable;
import io.switchboard.kit.problem.ProblemJson;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Adds to every operation its bearer token, who may call it, and the problems it may answer. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class CommonAnswers implements OASFilter {
    private static final String SCHEME = "accessToken";
    private static final Map<String, String> SUCCESS =
            Map.of("200", "OK", "201", "Created", "202", "Accepted", "204", "Done");
    private static final Map<String, String> PROBLEMS = Map.ofEntries(
            entry("400", "Malformed: JSON, a field, a filter or a cursor"),
            entry("401", "The access token is missing or not valid"),
            entry("403", "The caller's role may not do this"),
            entry("404", "Not there, or not the caller's"),
            entry("406", "None of the media types that the client takes"),
            entry("409", "In conflict with existing data, or an illegal transition"),
            entry("412", "Changed since the version that If-Match names"),
            entry("413", "The body is too large"),
            entry("415", "Not a media type that is taken here"),
            entry("422", "Well-formed but invalid; also an Idempotency-Key that came with another request"),
            entry("429", "Too often; see Retry-After and RateLimit"),
            entry("503", "Not available at the moment; see Retry-After"));

    /** The caller's own data may be gone while its token is still valid. */
    private static final Set<String> OWN =
            Set.of("/api/me", "/api/me/totp", "/api/organization", "/api/subscriptions/current");

    private final Map<String, String> statuses;
    private final Map<String, Set<String>> others;
    private final Set<String> located;
    private final AnswerHeaders headers;

    /** Takes the index of the service's classes: what @ResponseStatus says there is not in the document by itself. */
    public CommonAnswers(IndexView index) {
        statuses = index.getAnnotations(ResponseStatus.class).stream()
                .collect(Collectors.toUnmodifiableMap(
                        status -> operationId(status.target().asMethod()),
                        status -> String.valueOf(status.value().asInt()),
                        (one, same) -> one)); // an index of several parts may name a method twice
        others = index.getAnnotations(AlsoAnswers.class).stream()
                .collect(Collectors.toUnmodifiableMap(
                        also -> operationId(also.target().asMethod()),
                        also -> Arrays.stream(also.value().asIntArray())
                                .mapToObj(String::valueOf)
                                .collect(Collectors.toSet()),
                        (one, same) -> one));
        located = index.getAnnotations(ResponseHeader.class).stream()
                .filter(header -> header.value("name").asString().equals(HttpHeaders.LOCATION))
                .map(header -> operationId(header.target().asMethod()))
                .collect(Collectors.toUnmodifiableSet());
        headers = new AnswerHeaders(index);
    }

    private static String operationId(MethodInfo method) {
        return method.declaringClass().simpleName() + "_" + method.name();
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        var components = Optional.ofNullable(document.getComponents()).orElseGet(OASFactory::createComponents);
        components.addSchema("Problem", problem());
        components.addSecurityScheme(
                SCHEME,
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT (RFC 9068)"));
        document.setComponents(components);
        document.addServer(OASFactory.createServer().url("/").description("The service that gives this document"));
        document.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) -> complete(path, method, operation)));
        MergePatches.describe(document);
        new Examples(document).fill(document);
    }

    private void complete(String path, HttpMethod method, Operation operation) {
        var open = AccessTable.all()
                .filter(line ->
                        line.method().equals(method.name()) && line.path().equals(path))
                .peek(line -> operation.addExtension("x-who", who(line)))
                .anyMatch(io.switchboard.kit.access.Operation::isPublic);
        if (!open) {
            operation.addSecurityRequirement(
                    OASFactory.createSecurityRequirement().addScheme(SCHEME));
        } else if (operation.getSecurity() == null) {
            operation.setSecurity(List.of()); // else the document would not say that nothing is asked for
        }
        var declared = statuses.get(operation.getOperationId());
        if (declared != null) {
            succeeds(operation, declared);
        } else if (answersNothing(operation)) {
            succeeds(operation, "204");
        }
        // Sign-in has no caller yet, so that no answer can be kept for one.
        if ("201".equals(declared) && method == HttpMethod.POST && !open) {
            operation.addParameter(idempotencyKey());
        }
        statuses(path, method, operation, open).forEach(status -> answer(operation, status));
        operation.getResponses().getAPIResponses().forEach(CommonAnswers::describe);
        headers.complete(operation, located.contains(operation.getOperationId()));
    }

    /** What a POST without a result is taken for: 201, which it never answers unasked. */
    private static boolean answersNothing(Operation operation) {
        var created = operation.getResponses().getAPIResponse("201");
        return created != null && created.getContent() == null;
    }

    private static void succeeds(Operation operation, String status) {
        var responses = operation.getResponses();
        for (var assumed : List.of("200", "201", "204")) {
            var response = responses.getAPIResponse(assumed);
            if (response != null && !assumed.equals(status)) {
                responses.removeAPIResponse(assumed);
                responses.addAPIResponse(status, response.description(SUCCESS.get(status)));
            }
        }
    }

    private TreeSet<String> statuses(String path, HttpMethod method, Operation operation, boolean open) {
        var statuses = new TreeSet<>(List.of("400", "429", "503"));
        statuses.addAll(others.getOrDefault(operation.getOperationId(), Set.of()));
        if (!open) {
            statuses.addAll(List.of("401", "403"));
        }
        if (path.contains("{") || OWN.contains(path)) {
            statuses.add("404");
        }
        if (operation.getRequestBody() != null) {
            statuses.addAll(List.of("413", "415"));
            // OAuth and webhooks have words of their own for a body that is not as it should be.
            if (path.startsWith("/api/") || path.startsWith("/internal/")) {
                statuses.addAll(List.of("409", "422"));
            }
        }
        if (method == HttpMethod.PATCH || method == HttpMethod.DELETE) {
            statuses.add("409");
        }
        if (hasIfMatch(operation)) {
            statuses.add("412");
        }
        return statuses;
    }

    private static boolean hasIfMatch(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(parameter -> HttpHeaders.IF_MATCH.equals(parameter.getName()));
    }

    private static void answer(Operation operation, String status) {
        if (operation.getResponses() == null) {
            operation.setResponses(OASFactory.createAPIResponses());
        }
        var known = operation.getResponses().getAPIResponse(status);
        if (known == null || known.getContent() == null) {
            var reference = OASFactory.createSchema().ref("#/components/schemas/Problem");
            operation
                    .getResponses()
                    .addAPIResponse(
                            status,
                            OASFactory.createAPIResponse()
                                    .description(PROBLEMS.get(status))
                                    .content(OASFactory.createContent()
                                            .addMediaType(
                                                    ProblemJson.MEDIA_TYPE,
                                                    OASFactory.createMediaType().schema(reference))));
        }
    }

    /** What a resource declares of an answer need not repeat what its status means. */
    private static void describe(String status, APIResponse response) {
        if (response.getDescription() == null || response.getDescription().isBlank()) {
            response.setDescription(SUCCESS.getOrDefault(status, PROBLEMS.get(status)));
        }
    }

    private static String who(io.switchboard.kit.access.Operation line) {
        if (line.isPublic()) {
            return "public";
        }
        var callers = new TreeSet<>(line.roles());
        line.services().stream().map(name -> name + " for a tenant").forEach(callers::add);
        callers.addAll(line.suiteServices());
        return callers.stream().collect(Collectors.joining(", "));
    }

    private static Parameter idempotencyKey() {
        return OASFactory.createParameter()
                .name("Idempotency-Key")
                .in(Parameter.In.HEADER)
                .description("A repeated request, equal byte by byte, gets the first answer again for 24 hours")
                .schema(type(SchemaType.STRING).minLength(1).maxLength(255));
    }

    private static Schema problem() {
        var error = type(SchemaType.OBJECT)
                .addProperty("field", type(SchemaType.STRING))
                .addProperty("message", type(SchemaType.STRING).addExample("must not be blank"));
        return type(SchemaType.OBJECT)
                .description("RFC 9457")
                .addProperty("type", type(SchemaType.STRING).addExample("urn:switchboard:problem:contact_not_found"))
                .addProperty("title", type(SchemaType.STRING).addExample("Contact not found"))
                .addProperty("status", type(SchemaType.INTEGER).addExample(404))
                .addProperty("detail", type(SchemaType.STRING).addExample("There is no such contact."))
                .addProperty(
                        "instance",
                        type(SchemaType.STRING).addExample("/api/contacts/0198f2c4-7d3a-7c51-9b1e-2f6a8d4c0e17"))
                .addProperty("requestId", type(SchemaType.STRING))
                .addProperty("errors", type(SchemaType.ARRAY).items(error));
    }

    private static Schema type(SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }
}
