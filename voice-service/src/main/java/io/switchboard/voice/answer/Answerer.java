package io.switchboard.voice.answer;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.provider.Provider;
import java.time.Duration;

/** Answers one kind of live request; a bean of the feature that knows the answer. */
public interface Answerer<R extends AnswerRequest> {
    Class<R> kind();

    /** What a failure and a used-up budget are answered. */
    AnswerContent failure(R request);

    /**
     * @param caller this service, in the organization of the endpoint
     * @param left of the budget; after that {@link #failure} is answered
     */
    Uni<AnswerContent> answer(CallerContext caller, Provider provider, R request, Duration left);
}
