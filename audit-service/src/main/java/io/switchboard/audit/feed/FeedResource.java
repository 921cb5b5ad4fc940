package io.switchboard.audit.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.switchboard.audit.log.Operators;
import io.switchboard.kit.openapi.AlsoAnswers;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The feed over HTTP: lines of JSON unless the client would rather have one document. */
@Path("/api/audit/feed")
public class FeedResource {
    private static final MediaType NDJSON = new MediaType("application", "x-ndjson");
    private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE;

    private final CallerContext caller;
    private final Feed feed;
    private final ObjectMapper json;

    FeedResource(CallerContext caller, Feed feed, ObjectMapper json) {
        this.caller = caller;
        this.feed = feed;
        this.json = json;
    }

    /** Fails with {@code invalid_filter}, {@code invalid_limit}, {@code organization_not_found} or {@code tree_broken}. */
    @GET
    @Produces({"application/x-ndjson", MediaType.APPLICATION_JSON})
    @AlsoAnswers({404, 406, 409})
    @Operation(
            summary = "Follow the log",
            description =
                    "The sealed records in the order of their sequence. Ask again after the last one received: each comes"
                            + " once, also after a broken connection. Each answer with news is itself recorded.")
    @APIResponse(
            responseCode = "200",
            description = "The records that follow",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = FeedPage.class)),
                @Content(
                        mediaType = "application/x-ndjson",
                        schema =
                                @Schema(
                                        type = SchemaType.STRING,
                                        examples =
                                                "{\"id\":\"0198f2c4-7d3a-7c51-9b1e-2f6a8d4c0e17\",\"sequence\":1042}"))
            })
    public Uni<Response> follow(
            @BeanParam FeedQuery query, @Context HttpHeaders headers, @Context RoutingContext request) {
        var org = Operators.organization(caller, query.orgId);
        var type = mediaType(headers);
        var response = request.response();
        return feed.read(caller, org, query.from(), query.limit(), query.patience(), response::closed)
                .map(page -> Response.ok(type.equals(JSON) ? write(page) : lines(page), type)
                        .build());
    }

    private static MediaType mediaType(HttpHeaders headers) {
        for (var wanted : headers.getAcceptableMediaTypes()) {
            if (wanted.isCompatible(NDJSON)) {
                return NDJSON;
            }
            if (wanted.isCompatible(JSON)) {
                return JSON;
            }
        }
        throw Problem.of(406, "not_acceptable", "Ask for application/x-ndjson or application/json.");
    }

    private String lines(FeedPage page) {
        return page.items().stream().map(record -> write(record) + "\n").collect(Collectors.joining());
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
