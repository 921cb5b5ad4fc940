package io.switchboard.crm.tool;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Undoes what a tool has begun; its message says what the assistant should ask for or offer. */
final class ToolRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Map<String, Object> data;

    ToolRefusal(String line) {
        this(line, null);
    }

    ToolRefusal(String line, @Nullable Map<String, Object> data) {
        super(line, null, false, false); // an answer, not a fault: no stack trace
        this.data = data;
    }

    ToolAnswer answer() {
        return ToolAnswer.error(String.valueOf(getMessage()), data);
    }
}
