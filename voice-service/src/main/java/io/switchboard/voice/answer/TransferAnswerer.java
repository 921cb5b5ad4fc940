package io.switchboard.voice.answer;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerRequest.Transfer;
import io.switchboard.voice.provider.Provider;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Hands a call to the number that its endpoint names. */
@ApplicationScoped
class TransferAnswerer implements Answerer<Transfer> {
    @Override
    public Class<Transfer> kind() {
        return Transfer.class;
    }

    @Override
    public AnswerContent failure(Transfer request) {
        return new AnswerContent.Failure(Spoken.NO_TRANSFER);
    }

    @Override
    public Uni<AnswerContent> answer(CallerContext caller, Provider provider, Transfer request, Duration left) {
        var number = request.number();
        return Uni.createFrom()
                .item(number == null ? failure(request) : new AnswerContent.Transfer(number, Spoken.TRANSFERRING));
    }
}
