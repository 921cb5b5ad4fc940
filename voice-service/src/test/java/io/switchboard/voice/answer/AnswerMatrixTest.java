package io.switchboard.voice.answer;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.SilentDatabase;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every question of every provider is answered 200 in its form, whatever is wrong. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class AnswerMatrixTest {
    static final List<String> QUESTIONS = List.of(
            "vapi/assistant-request.json",
            "vapi/transfer-destination-request.json",
            "retell/call_inbound.json",
            "elevenlabs/conversation-initiation.json",
            "twilio/incoming-call.form",
            "plivo/answer.form",
            "vonage/answer.json");

    final Caller acme = Caller.adminOfNewOrg();
    final String caller = SampleCall.create().caller().substring(1);
    FrontDesk desk;
    List<LiveQuestion> questions;

    @BeforeEach
    void open() {
        desk = FrontDesk.open(acme);
        questions = QUESTIONS.stream().map(file -> LiveQuestion.of(acme, file)).toList();
    }

    @AfterEach
    void answerAsUsual() {
        PeerRequests.answerAsUsual(caller);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update agents set description = null where org_id = :org",
                "update agents set status = 'paused' where org_id = :org",
                "update members set is_active = false where org_id = :org and id = :owner",
                "update members set monthly_token_quota = 0 where org_id = :org and id = :owner",
                "delete from phone_numbers where org_id = :org",
                "delete from members where org_id = :org",
            })
    void each_question_has_an_answer(String change) {
        desk.run(change);
        askAll();
    }

    @Test
    void each_question_has_an_answer_without_crm_service() {
        PeerRequests.answer("/internal/contact-context", 500, "{}", caller);
        askAll();
    }

    @Test
    void each_question_has_an_answer_with_nonsense_from_crm_service() {
        PeerRequests.answer("/internal/contact-context", 200, "{\"name\": 7, \"openTickets\": \"x\"}", caller);
        askAll();
    }

    @Test
    void each_question_has_an_answer_without_the_database() {
        askAll();
        SilentDatabase.freezeDuring(this::askAll);
    }

    private void askAll() {
        questions.forEach(question -> question.ask(caller));
    }
}
