package io.switchboard.search;

/**
 * What vectors come from. Those of different models are never compared.
 *
 * @param dimensions numbers in a vector
 * @param threshold the smallest cosine of a query and a text that answers it
 */
public record EmbeddingModel(String name, int dimensions, double threshold) {}
