package io.switchboard.kit.openapi;

import static java.util.Map.entry;

import io.switchboard.kit.http.Versioned;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.IndexView;

/** Writes into every answer which headers it carries. */
class AnswerHeaders {
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            entry("ETag", "Its version, for If-Match"),
            entry("Location", "Where what was created can be read"),
            entry("Retry-After", "Seconds to wait"),
            entry("RateLimit", "The limit that is used up, and in how many seconds it is open again"),
            entry("WWW-Authenticate", "The kind of credential that is wanted"));
    private static final Map<String, String> EXAMPLES = Map.ofEntries(
            entry("ETag", "\"3\""),
            entry("Location", "/api/things/0198f2c4-7d3a-7c51-9b1e-2f6a8d4c0e17"),
            entry("Retry-After", "30"),
            entry("RateLimit", "\"too_many_attempts\";r=0;t=30"),
            entry("WWW-Authenticate", "Bearer"));
    private static final Map<String, List<String>> OF_PROBLEMS = Map.of(
            "401",
            List.of("WWW-Authenticate"),
            "429",
            List.of("Retry-After", "RateLimit"),
            "503",
            List.of("Retry-After"));

    private final Set<String> versioned;

    AnswerHeaders(IndexView index) {
        versioned = index.getAllKnownImplementations(Versioned.class).stream()
                .map(ClassInfo::simpleName)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @param located whether a Location is given where what is created is not versioned, too */
    void complete(Operation operation, boolean located) {
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            OF_PROBLEMS.getOrDefault(status, List.of()).forEach(name -> add(response, name));
            var isVersioned = status.startsWith("2") && isVersioned(response);
            if (isVersioned) {
                add(response, "ETag");
            }
            if (status.equals("201") && (located || isVersioned)) {
                add(response, "Location");
            }
        });
    }

    private boolean isVersioned(APIResponse response) {
        return response.getContent() != null
                && response.getContent().getMediaTypes().values().stream()
                        .map(media -> media.getSchema())
                        .anyMatch(schema -> schema != null
                                && schema.getRef() != null
                                && versioned.contains(Examples.name(schema.getRef())));
    }

    private static void add(APIResponse response, String name) {
        response.addHeader(
                name,
                OASFactory.createHeader()
                        .description(MEANINGS.get(name))
                        .schema(OASFactory.createSchema()
                                .addType(SchemaType.STRING)
                                .addExample(EXAMPLES.get(name))));
    }
}
