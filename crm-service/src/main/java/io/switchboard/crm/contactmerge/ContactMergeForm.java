package io.switchboard.crm.contactmerge;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** Which contact goes into another one. */
public record ContactMergeForm(@NotNull UUID duplicateId) {}
