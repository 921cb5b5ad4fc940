package io.switchboard.voice.provider;

import java.util.Map;

/**
 * A tool as a language model is told of it.
 *
 * @param parameters JSON Schema of its arguments
 */
public record ToolDefinition(String name, String description, Map<String, Object> parameters) {}
