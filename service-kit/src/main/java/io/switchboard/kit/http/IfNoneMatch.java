package io.switchboard.kit.http;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What the caller has already; a parameter of resource methods that answer 304. */
public class IfNoneMatch {
    @HeaderParam(HttpHeaders.IF_NONE_MATCH)
    @Parameter(description = "ETag of what the caller has; answered with 304 while it is the same")
    @Nullable
    String tags;

    /** Whether the caller has what this strong tag names. By RFC 9110, 13.1.2 a weak tag matches, too. */
    public boolean names(String etag) {
        return tags != null
                && Arrays.stream(tags.split(","))
                        .map(String::trim)
                        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                        .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
    }
}
