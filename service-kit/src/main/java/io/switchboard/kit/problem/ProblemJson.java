package io.switchboard.kit.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
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
                URI.create(path).getRawPath(),
                requestId,
                problem.errors());
    }
}
