package io.switchboard.voice.call;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Effects as JSON, kept in the row of the event that they follow from. */
@ApplicationScoped
class EffectsJson {
    private static final TypeReference<List<Effect>> LIST = new TypeReference<>() {};

    private final ObjectMapper json;

    EffectsJson(ObjectMapper json) {
        this.json = json.copy().addMixIn(Effect.class, Named.class);
    }

    /** Names in kept JSON; they do not change with the classes. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "effect")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Effect.ContactFromCall.class, name = "contact_heard"),
        @JsonSubTypes.Type(value = Effect.CallMissed.class, name = "call_missed")
    })
    private interface Named {}

    List<Effect> read(@Nullable String kept) {
        try {
            return kept == null ? List.of() : json.readValue(kept, LIST);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Kept effects cannot be read", e);
        }
    }

    /** Null for no effects. */
    @Nullable
    String write(List<Effect> effects) {
        try {
            return effects.isEmpty() ? null : json.writerFor(LIST).writeValueAsString(effects);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
