package io.switchboard.voice.answer;

import io.quarkus.arc.All;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.peer.PeerAway;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.provider.Provider;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Finds the answer to a live request in time; a sentence to be spoken where there is none. */
@ApplicationScoped
public class Answers {
    private static final Logger LOG = Logger.getLogger(Answers.class);

    private static final long LOG_PAUSE_NANOS = 1_000_000_000L;

    private final Map<Class<?>, Answerer<?>> answerers;
    private final AtomicLong loggedAt = new AtomicLong(System.nanoTime() - 2 * LOG_PAUSE_NANOS);

    Answers(@All List<Answerer<?>> answerers) {
        this.answerers = answerers.stream().collect(Collectors.toMap(Answerer::kind, Function.identity()));
    }

    /**
     * Never fails.
     *
     * @param caller this service, in the organization of the endpoint
     * @param spent of the request's budget
     */
    public Uni<AnswerContent> answer(CallerContext caller, Provider provider, AnswerRequest request, Duration spent) {
        return answer(answerers.get(request.getClass()), caller, provider, request, spent);
    }

    private <R extends AnswerRequest> Uni<AnswerContent> answer(
            @Nullable Answerer<R> answerer,
            CallerContext caller,
            Provider provider,
            AnswerRequest request,
            Duration spent) {
        if (answerer == null) {
            return Uni.createFrom().item(new AnswerContent.Failure(Spoken.NOT_NOW));
        }
        var asked = answerer.kind().cast(request);
        var left = request.budget().minus(spent);
        if (left.isNegative() || left.isZero()) {
            return Uni.createFrom().item(answerer.failure(asked));
        }
        return Uni.createFrom()
                .deferred(() -> answerer.answer(caller, provider, asked, left))
                .ifNoItem()
                .after(left)
                .fail()
                .onFailure()
                .invoke(failure -> log(asked, failure))
                .onFailure()
                .recoverWithItem(() -> answerer.failure(asked));
    }

    /** At most once a second, since all requests fail while the database is away. */
    private void log(AnswerRequest request, Throwable failure) {
        var now = System.nanoTime();
        var last = loggedAt.get();
        if (now - last > LOG_PAUSE_NANOS && loggedAt.compareAndSet(last, now)) {
            LOG.warnf(
                    "A live request was not answered: %s: %s",
                    request.getClass().getSimpleName(), reason(failure));
        }
    }

    /** Only of our own failures the words: others may quote what was asked. */
    private static String reason(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return "no answer in time";
        }
        return failure instanceof Problem || failure instanceof PeerAway
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getSimpleName();
    }
}
