package io.switchboard.kit.problem;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.switchboard.kit.request.RequestId;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers what fails inside a resource as a problem document. */
class ProblemMapper {

    /** The narrower types are listed because Quarkus has mappers of its own for them. */
    @ServerExceptionMapper({
        Throwable.class,
        WebApplicationException.class,
        ValidationException.class,
        ConstraintViolationException.class,
        MismatchedInputException.class
    })
    Response answer(Throwable failure, RoutingContext context) {
        if (failure instanceof WebApplicationException ready
                && ready.getResponse().hasEntity()) {
            return ready.getResponse();
        }
        var problem = Problems.of(failure, context.request().getHeader(HttpHeaders.IF_MATCH));
        var response = Response.status(problem.status())
                .type(ProblemJson.MEDIA_TYPE)
                .entity(ProblemJson.of(problem, context.request().path(), RequestId.of(context)));
        problem.headers().forEach(response::header);
        return response.build();
    }
}
