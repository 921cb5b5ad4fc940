package io.switchboard.kit.http;

import io.switchboard.kit.problem.Problem;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The version that the caller has seen; a parameter of resource methods that change or delete. */
public class IfMatch {
    @HeaderParam(HttpHeaders.IF_MATCH)
    @Parameter(description = "ETag of the version that was read; another one is refused with 412")
    @Nullable
    String tags;

    /** Fails with {@code changed_meanwhile} (412) if the version differs from the one in the header. Without the header nothing is checked. */
    public void check(Versioned thing) {
        if (tags == null || tags.isBlank() || tags.trim().equals("*")) {
            return;
        }
        var current = Versioned.etag(thing.version());
        // Weak tags never match: RFC 9110, 13.1.1 asks for the strong comparison.
        if (Arrays.stream(tags.split(",")).map(String::trim).noneMatch(current::equals)) {
            throw Problem.preconditionFailed();
        }
    }
}
