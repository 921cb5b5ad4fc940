package io.switchboard.crm.embedding;

import io.switchboard.kit.text.NullOrNotBlank;
import io.switchboard.search.Chunker;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Texts to embed. */
public record EmbeddingsForm(
        @NotNull @Size(min = 1, max = 32) @Schema(examples = "[\"When are you open?\"]")
        List<@NotNull @NullOrNotBlank @Size(max = Chunker.MOST_CHARACTERS) String> texts) {}
