package io.switchboard.voice.provider.vapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.kit.value.BoundedNumbers;
import io.switchboard.kit.value.Times;
import io.switchboard.voice.callevent.Report;
import io.switchboard.voice.provider.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a call was and how long it took, wherever Vapi's message states it. */
final class VapiTimes {
    private static final BigDecimal THOUSAND = new BigDecimal(1_000);
    private static final BigDecimal SIXTY = new BigDecimal(60);

    private final JsonNode message;

    VapiTimes(JsonNode message) {
        this.message = message;
    }

    @Nullable
    Instant start() {
        return Json.time(message, "/startedAt", "/call/startedAt");
    }

    @Nullable
    Instant end() {
        return Json.time(message, "/endedAt", "/call/endedAt");
    }

    @Nullable
    Instant created() {
        return Json.time(message, "/call/createdAt");
    }

    /** The stated end minus the stated duration; null where one is missing. */
    @Nullable
    Instant countedStart() {
        Instant end = end();
        Integer seconds = seconds();
        return end == null || seconds == null ? null : Times.shifted(end, Duration.ofSeconds(-seconds));
    }

    /** From start to end, else as stated. */
    @Nullable
    Integer talkSeconds() {
        Instant start = start();
        Instant end = end();
        return start == null || end == null
                ? seconds()
                : BoundedNumbers.count(
                        BigDecimal.valueOf(Duration.between(start, end).toSeconds()), Report.MOST_SECONDS);
    }

    /** As stated. */
    @Nullable
    Integer seconds() {
        BigDecimal seconds = Json.number(message, "/durationSeconds", "/call/durationSeconds");
        if (seconds == null) {
            BigDecimal millis = Json.number(message, "/durationMs", "/call/durationMs");
            seconds = millis == null ? null : millis.divide(THOUSAND, RoundingMode.DOWN);
        }
        if (seconds == null) {
            BigDecimal minutes = Json.number(message, "/durationMinutes", "/call/durationMinutes");
            seconds = minutes == null ? null : minutes.multiply(SIXTY);
        }
        return BoundedNumbers.count(seconds, Report.MOST_SECONDS);
    }
}
