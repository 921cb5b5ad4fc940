package io.switchboard.crm.tool;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a tool has done or found.
 *
 * @param line to be said aloud
 * @param contactId whom it is about; null for no contact
 */
record ToolResult(
        String line, Map<String, Object> data, @Nullable UUID contactId) {}
