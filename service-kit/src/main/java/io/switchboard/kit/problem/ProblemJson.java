package io.switchboard.kit.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
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
        List<Problem.FieldError> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    static ProblemJson of(Problem problem, String path, String requestId) {
        return new ProblemJson(
                "urn:switchboard:problem:" + problem.type(),
                problem.title(),
                problem.status(),
                problem.getMessage(),
                reference(path),
                requestId,
                problem.errors());
    }

    /** The path as a reference (RFC 3986): two slashes at its start would make a host of what follows. */
    private static String reference(String path) {
        return "/" + path.replaceFirst("^/+", "");
    }
}
