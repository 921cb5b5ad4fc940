package io.switchboard.audit.integrity;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The first record that is not as it was sealed.
 *
 * @param id null where nothing names it any more
 * @param sequence of an added record that of the sealed one behind it
 */
public record BrokenRecord(
        @Nullable UUID id,
        @Schema(examples = "1042") long sequence,
        @Schema(examples = "changed") BreakReason reason) {}
