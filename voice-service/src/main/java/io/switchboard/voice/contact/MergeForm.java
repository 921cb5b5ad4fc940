package io.switchboard.voice.contact;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** The contact whose calls move. */
public record MergeForm(@NotNull UUID duplicateId) {}
