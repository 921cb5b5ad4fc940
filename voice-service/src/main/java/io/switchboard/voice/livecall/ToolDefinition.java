package io.switchboard.voice.livecall;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A tool as a language model is told of it.
 *
 * @param parameters JSON Schema of its arguments
 */
public record ToolDefinition(String name, String description, JsonNode parameters) {}
