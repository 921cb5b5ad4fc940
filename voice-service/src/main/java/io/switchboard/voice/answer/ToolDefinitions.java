package io.switchboard.voice.answer;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.switchboard.voice.livecall.ToolDefinition;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** The tools of live calls as language models are told of them; {@code tools.json} describes them. */
@Singleton
class ToolDefinitions {
    private final List<ToolDefinition> all;

    ToolDefinitions(ObjectMapper json) {
        try (var file = ToolDefinitions.class.getResourceAsStream("tools.json")) {
            all = json.readValue(Objects.requireNonNull(file, "tools.json"), new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In a fixed order. */
    List<ToolDefinition> named(Collection<String> names) {
        return all.stream().filter(tool -> names.contains(tool.name())).toList();
    }
}
