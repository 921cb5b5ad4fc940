package io.switchboard.crm.embedding;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Texts' vectors, in the order of the texts.
 *
 * @param model what made them: those of another one cannot be compared with them
 */
public record EmbeddingsView(
        @Schema(examples = "all-minilm-l6-v2-q") String model,
        @Schema(examples = "384") int dimensions,
        @Schema(examples = "[[0.0213, -0.0745, 0.0311]]") List<float[]> vectors) {}
