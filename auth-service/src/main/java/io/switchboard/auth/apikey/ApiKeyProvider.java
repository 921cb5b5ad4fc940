package io.switchboard.auth.apikey;

import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.problem.Problem;
import java.util.Arrays;

/** The providers whose API keys are stored; the table's check has the same list. */
enum ApiKeyProvider {
    GROQ,
    DEEPGRAM,
    TWILIO,
    OPENAI,
    VAPI,
    ANTHROPIC,
    ELEVENLABS,
    RETELL,
    ASSEMBLYAI,
    GOOGLE,
    AZURE,
    CARTESIA;

    /** As on the wire and in the database. */
    String wire() {
        return EnumParam.wire(this);
    }

    /** Fails with {@code provider_not_found}. */
    static ApiKeyProvider of(String wire) {
        return Arrays.stream(values())
                .filter(provider -> provider.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("provider", wire));
    }
}
