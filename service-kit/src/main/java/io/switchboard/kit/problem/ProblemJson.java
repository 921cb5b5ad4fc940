package io.switchboard.kit.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A problem document as it is sent; see RFC 9457. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemJson(
        String type,
        String title,
        int status,
        @Nullable String detail,
        String instance,
        String requestId,
        List<Problem.FieldError> errors,
        @JsonAnyGetter Map<String, Object> members) {
    /** The names that every problem may have. */
    static final Set<String> MEMBERS = Set.of("type", "title", "status", "detail", "instance", "requestId", "errors");

    public static final String MEDIA_TYPE = "application/problem+json";

    static ProblemJson of(Problem problem, String path, String requestId) {
        return new ProblemJson(
                "urn:switchboard:problem:" + problem.type(),
                problem.title(),
                problem.status(),
                problem.getMessage(),
                reference(path),
                requestId,
                problem.errors(),
                problem.members());
    }

    /** The path as a reference (RFC 3986): two slashes at its start would make a host of what follows. */
    private static String reference(String path) {
        return "/" + path.replaceFirst("^/+", "");
    }
}
