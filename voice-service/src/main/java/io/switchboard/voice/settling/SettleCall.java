package io.switchboard.voice.settling;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.work.Backoff;
import io.switchboard.kit.work.WorkHandler;
import io.switchboard.kit.work.WorkPiece;
import io.switchboard.kit.work.WorkPostponed;
import io.switchboard.voice.providerapi.KeysInTurn;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Settles a call that is open for longer than it may be. The provider's answer is applied as an event of the call; while it says that the
 * call goes on, it is asked again. Where it knows nothing of the call, where it cannot be asked, and after three failures the call is given up.
 */
@Singleton
class SettleCall implements WorkHandler {
    static final String KIND = "settle_call";

    private static final int MOST_FAILURES = 3;
    private static final int MOST_ANSWERS = 12; // about two days
    private static final int MOST_ATTEMPTS = 100;
    private static final Backoff RETRIES = new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(10));
    private static final Backoff QUESTIONS = new Backoff(Duration.ofMinutes(10), Duration.ofHours(6));

    private final StuckCalls calls;
    private final ProviderInquiry inquiry;

    SettleCall(StuckCalls calls, ProviderInquiry inquiry) {
        this.calls = calls;
        this.inquiry = inquiry;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** A provider may take its time. */
    @Override
    public int concurrency() {
        return 4;
    }

    @Override
    public Uni<@Nullable JsonObject> run(WorkPiece piece) {
        var id = UUID.fromString(piece.payload().getString("callId"));
        return calls.find(piece.caller(), id)
                .chain(call -> call == null ? Uni.createFrom().nullItem() : settle(piece, call));
    }

    /** What is not the provider's fault, such as a database that is away, ends as a dead letter only after many tries. */
    @Override
    public @Nullable Duration retryAfter(WorkPiece piece, Throwable failure) {
        return piece.attempts() < MOST_ATTEMPTS ? RETRIES.after(Math.max(1, piece.attempts())) : null;
    }

    private Uni<@Nullable JsonObject> settle(WorkPiece piece, StuckCall call) {
        var progress = SettlingProgress.of(piece.progress());
        if (call.erased()) {
            return giveUp(piece, call, "it is erased");
        }
        if (progress.answers() >= MOST_ANSWERS) {
            return giveUp(piece, call, "its provider says again and again that it goes on, or nothing of use");
        }
        return inquiry.ask(piece.caller(), call)
                .onItemOrFailure()
                .transformToUni((answer, failure) -> failure == null
                        ? record(piece, call, progress.answered(), answer)
                        : consider(piece, call, progress.failed(), failure));
    }

    /** Fails, as it is to be looked at again: by then the answer has been applied, and the call may be over. */
    private Uni<@Nullable JsonObject> record(
            WorkPiece piece, StuckCall call, SettlingProgress progress, Buffer answer) {
        return calls.record(piece, call, answer, progress).chain(() -> Uni.createFrom()
                .failure(new WorkPostponed("the provider has answered", QUESTIONS.after(progress.answers()))));
    }

    private Uni<@Nullable JsonObject> consider(
            WorkPiece piece, StuckCall call, SettlingProgress progress, Throwable failure) {
        if (!(failure instanceof Problem problem)) {
            return Uni.createFrom().failure(failure);
        }
        if (problem.type().equals(KeysInTurn.NO_KEY)) {
            return giveUp(piece, call, "nobody keeps an API key with which its provider can be asked");
        }
        if (problem.status() == 404) {
            return giveUp(piece, call, "its provider cannot be asked for it, or knows nothing of it");
        }
        return progress.failures() >= MOST_FAILURES
                ? giveUp(piece, call, "its provider gave no usable answer to three requests")
                : calls.save(piece, progress).chain(() -> Uni.createFrom().failure(failure));
    }

    private Uni<@Nullable JsonObject> giveUp(WorkPiece piece, StuckCall call, String reason) {
        return calls.giveUp(piece.caller(), call, reason)
                .map(outcome -> outcome == null ? null : JsonObject.of("outcome", outcome, "reason", reason));
    }
}
