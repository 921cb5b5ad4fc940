package io.switchboard.voice.webhook;

import io.switchboard.kit.front.IncomingBody;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.ProblemAnswer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.function.Consumer;

/** Reads deliveries' raw bodies. The front limits how much of them is held, and how long. */
final class RawBodies {
    private RawBodies() {}

    /**
     * A larger body is answered 413.
     *
     * @param most bytes
     */
    static void read(RoutingContext context, UUID endpoint, int most, Consumer<byte[]> then) {
        var incoming = IncomingBody.of(context);
        if (incoming != null) {
            incoming.chargeTo("endpoint " + endpoint);
        }
        begin(context, most);
        context.request().bodyHandler(body -> hand(context, body, most, then)).resume();
    }

    /** Takes as long as reading, so that the duration does not tell whether the endpoint exists. */
    static void drop(RoutingContext context, int most, Runnable then) {
        var incoming = IncomingBody.of(context);
        if (incoming != null) {
            incoming.discard();
        }
        begin(context, most);
        context.request().handler(dropped -> {}).endHandler(end -> then.run()).resume();
    }

    private static void begin(RoutingContext context, int most) {
        var incoming = IncomingBody.of(context);
        if (incoming != null) {
            incoming.lowerLimit(most);
        }
        // A client that sends Expect waits for this before it sends the body (RFC 9110, 10.1.1).
        if ("100-continue".equalsIgnoreCase(context.request().getHeader(HttpHeaders.EXPECT))
                && !context.response().ended()) {
            context.response().writeContinue();
        }
    }

    private static void hand(RoutingContext context, Buffer body, int most, Consumer<byte[]> then) {
        if (body.length() > most) {
            ProblemAnswer.send(context, Problem.tooLarge(most));
            return;
        }
        try {
            then.accept(body.getBytes());
        } catch (RuntimeException fault) { // no router catches it here
            ProblemAnswer.send(context, fault);
        }
    }
}
