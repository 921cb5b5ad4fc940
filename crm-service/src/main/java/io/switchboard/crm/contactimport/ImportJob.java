package io.switchboard.crm.contactimport;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An import that a worker has begun, or continues.
 *
 * @param total rows of the file; null until they are counted
 * @param tries since the last rows were processed, this one included
 * @param createdBy the user; null where a service sent the file
 */
record ImportJob(
        UUID id,
        ImportKey key,
        boolean dryRun,
        ImportHeader header,
        @Nullable Integer total,
        int processed,
        int failed,
        int tries,
        @Nullable UUID createdBy) {}
