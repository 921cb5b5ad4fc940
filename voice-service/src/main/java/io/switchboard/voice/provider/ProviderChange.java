package io.switchboard.voice.provider;

import com.fasterxml.jackson.databind.JsonNode;

/** A PATCH of a provider's API. */
public record ProviderChange(ProviderRequest request, JsonNode body) {}
