package io.switchboard.voice.tool;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.peer.PeerAway;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.voice.answer.Answerer;
import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerContent.ToolResult;
import io.switchboard.voice.livecall.AnswerContent.ToolResults;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.livecall.AnswerRequest.ToolCall;
import io.switchboard.voice.provider.Provider;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Answers a delivery's tool calls, one after the other: an appointment that is cancelled makes room for the one that is booked next. What
 * does not come in time is answered with a sentence, what came is told.
 */
@ApplicationScoped
class ToolAnswerer implements Answerer<AnswerRequest.Tools> {
    private static final Logger LOG = Logger.getLogger(ToolAnswerer.class);

    /** Of the budget, to answer in. */
    private static final Duration RESERVE = Duration.ofMillis(200);

    private final LiveTools tools;

    ToolAnswerer(LiveTools tools) {
        this.tools = tools;
    }

    @Override
    public Class<AnswerRequest.Tools> kind() {
        return AnswerRequest.Tools.class;
    }

    @Override
    public AnswerContent failure(AnswerRequest.Tools request) {
        return new ToolResults(request.toolCalls().stream()
                .map(use -> result(use, Sentences.away(use)))
                .toList());
    }

    @Override
    public Uni<AnswerContent> answer(
            CallerContext caller, Provider provider, AnswerRequest.Tools request, Duration left) {
        var until = System.nanoTime() + left.minus(RESERVE).toNanos();
        Uni<List<ToolResult>> results = Uni.createFrom().item(List.of());
        for (var use : request.toolCalls()) {
            results = results.chain(before -> result(caller, provider, request, use, until)
                    .map(result ->
                            Stream.concat(before.stream(), Stream.of(result)).toList()));
        }
        return results.map(ToolResults::new);
    }

    private Uni<ToolResult> result(
            CallerContext caller, Provider provider, AnswerRequest.Tools request, ToolCall use, long until) {
        var left = Duration.ofNanos(until - System.nanoTime());
        if (left.isNegative() || left.isZero()) {
            return Uni.createFrom().item(result(use, Sentences.away(use)));
        }
        return tools.use(caller, provider, request.call(), use, until)
                .ifNoItem()
                .after(left)
                .fail()
                .onFailure()
                .invoke(ToolAnswerer::log)
                .onFailure()
                .recoverWithItem(Sentences.away(use))
                .map(text -> result(use, text));
    }

    /** What is away is known of otherwise. */
    private static void log(Throwable failure) {
        if (!(failure instanceof PeerAway || failure instanceof Problem || isTimeout(failure))) {
            LOG.warnf("A tool call failed: %s", failure.getClass().getName());
        }
    }

    private static boolean isTimeout(Throwable failure) {
        return failure instanceof TimeoutException || failure instanceof io.smallrye.mutiny.TimeoutException;
    }

    private static ToolResult result(ToolCall use, ToolText text) {
        return new ToolResult(use.id() == null ? "" : use.id(), use.name(), text.result(), text.error());
    }
}
