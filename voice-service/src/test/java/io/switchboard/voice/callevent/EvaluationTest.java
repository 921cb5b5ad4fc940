package io.switchboard.voice.callevent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "Pass",
                "passed",
                "success",
                "Successful",
                "yes",
                "Excellent",
                "good",
                "Agree",
                "strongly_agree",
                "6",
                "10",
                "7.5",
                "83.33333333333333%",
                "7.666666666666667",
                "true, true",
                "pass,passed",
                "60",
                "100",
                "60%",
                "6/10",
                "6 / 10",
                "75/100",
                "{\"greeted\": true, \"booked\": true}"
            })
    void what_means_a_success(String evaluation) {
        assertEquals(true, Evaluation.isSuccess(evaluation));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "false",
                "Fail",
                "failed",
                "failure",
                "no",
                "Poor",
                "bad",
                "Disagree",
                "strongly disagree",
                "5",
                "0",
                "5.999999",
                "33.333333333333336%",
                "true, false, true",
                "59",
                "59%",
                "5/10",
                "{\"greeted\": true, \"booked\": false}"
            })
    void what_means_a_failure(String evaluation) {
        assertEquals(false, Evaluation.isSuccess(evaluation));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "unknown",
                "fair",
                "neutral",
                "101",
                "85/10",
                "true, maybe",
                "1e5",
                "-3",
                "a long talk about true love"
            })
    void what_says_neither(String evaluation) {
        assertNull(Evaluation.isSuccess(evaluation));
    }
}
