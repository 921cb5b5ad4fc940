package io.switchboard.voice.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.voice.LogText;
import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.livecall.AnswerRequest.Transfer;
import io.switchboard.voice.livecall.LiveCall;
import io.switchboard.voice.provider.Fixtures;
import io.switchboard.voice.provider.Provider;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** An answer comes in time, whatever happens. */
class AnswersTest {
    static final AnswerContent GOOD = new AnswerContent.Transfer("+15555550110", "One moment.");
    static final AnswerContent FAILED = new AnswerContent.Failure("Not now.");

    @Test
    void the_answerer_of_the_kind_answers() {
        assertEquals(GOOD, answer(Duration.ZERO, () -> Uni.createFrom().item(GOOD)));
    }

    @Test
    void a_failure_becomes_a_sentence() {
        assertEquals(FAILED, answer(Duration.ZERO, () -> Uni.createFrom().failure(new IllegalStateException("away"))));
        assertEquals(FAILED, answer(Duration.ZERO, () -> {
            throw new IllegalStateException("broken");
        }));
    }

    @Test
    void a_failure_is_logged_without_the_words_of_others() {
        try (var log = LogText.listen()) {
            answer(Duration.ZERO, () -> Uni.createFrom().failure(new IllegalStateException("Ada called")));
            assertTrue(log.text().contains("IllegalStateException"), log.text());
            assertFalse(log.text().contains("Ada"), log.text());
        }
    }

    @Test
    void an_answer_that_does_not_come_becomes_a_sentence() {
        assertEquals(
                FAILED, answer(Duration.ofMillis(950), () -> Uni.createFrom().nothing()));
    }

    @Test
    void a_budget_that_is_used_up_asks_nobody() {
        assertEquals(FAILED, answer(Duration.ofSeconds(2), () -> {
            throw new AssertionError("asked");
        }));
    }

    @Test
    void a_request_of_another_kind_has_an_answer_too() {
        var asked = new AnswerRequest.Knowledge(LiveCall.UNKNOWN, null);
        var content = answers(() -> Uni.createFrom().item(GOOD)).answer(caller(), provider(), asked, Duration.ZERO);
        assertEquals(new AnswerContent.Failure(Spoken.NOT_NOW), content.await().indefinitely());
    }

    private static AnswerContent answer(Duration spent, Supplier<Uni<AnswerContent>> answer) {
        return answers(answer)
                .answer(caller(), provider(), new Transfer(LiveCall.UNKNOWN, null), spent)
                .await()
                .atMost(Duration.ofSeconds(5));
    }

    private static Answers answers(Supplier<Uni<AnswerContent>> answer) {
        return new Answers(List.of(new Answerer<Transfer>() {
            @Override
            public Class<Transfer> kind() {
                return Transfer.class;
            }

            @Override
            public AnswerContent failure(Transfer request) {
                return FAILED;
            }

            @Override
            public Uni<AnswerContent> answer(CallerContext caller, Provider provider, Transfer request, Duration left) {
                return answer.get();
            }
        }));
    }

    private static CallerContext caller() {
        return CallerContext.Value.service(UUID.randomUUID(), "voice-service", Origin.worker());
    }

    private static Provider provider() {
        return Fixtures.provider("vapi");
    }
}
