package io.switchboard.voice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;

/** What Vapi takes as an answer to its questions. */
public final class VapiAnswers {
    private static final JsonObject DEFINITIONS = new JsonObject(read()).getJsonObject("$defs");

    private VapiAnswers() {}

    /** @param question the message's type */
    public static JsonObject check(String question, String answer) {
        var schema = new JsonObject().put("$ref", "#/$defs/" + question).put("$defs", DEFINITIONS);
        var faults = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(schema.encode())
                .validate(answer, InputFormat.JSON);
        assertEquals(Set.of(), faults, answer);
        return new JsonObject(answer);
    }

    private static String read() {
        try (InputStream in = Objects.requireNonNull(
                VapiAnswers.class.getResourceAsStream("/schemas/vapi-answers.json"), "vapi-answers.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
