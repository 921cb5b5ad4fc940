package io.switchboard.voice.webhook;

import io.switchboard.kit.front.IncomingBody;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.ProblemAnswer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.function.Consumer;

/** Reads deliveries' bodies as they came. How much of them is held, and how long, is up to the front. */
final class RawBodies {
    private RawBodies() {}

    /**
     * What is larger is answered 413.
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

    /** As long as it takes to read it, so that the answer's time does not tell whether it was wanted. */
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
        // A client that asks first sends nothing before it hears this (RFC 9110, 10.1.1).
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
        } catch (RuntimeException fault) { // no router stands around this callback
            ProblemAnswer.send(context, fault);
        }
    }
}
