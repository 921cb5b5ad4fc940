package io.switchboard.kit.problem;

import io.switchboard.kit.request.RequestId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;

/** Sends a problem document where no resource is involved: from the access filter and from plain routes. */
public final class ProblemAnswer {
    private ProblemAnswer() {}

    /** A document for a refusal before the request is parsed. */
    public static Buffer document(Problem problem, String requestId) {
        return Json.encodeToBuffer(ProblemJson.of(problem, "/", requestId));
    }

    public static void send(RoutingContext context, Throwable failure) {
        var problem = Problems.of(failure);
        var response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(problem.status()).putHeader(HttpHeaders.CONTENT_TYPE, ProblemJson.MEDIA_TYPE);
        problem.headers().forEach(response::putHeader);
        response.end(
                Json.encodeToBuffer(ProblemJson.of(problem, context.request().path(), RequestId.of(context))));
    }
}
