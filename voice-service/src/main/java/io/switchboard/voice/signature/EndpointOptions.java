package io.switchboard.voice.signature;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How one endpoint differs from its provider's defaults: texts and flags by name, as its {@link Option}s allow. */
public record EndpointOptions(Map<String, Object> values) {
    public static final EndpointOptions NONE = new EndpointOptions(Map.of());

    /** Null when it is not set. */
    public @Nullable String text(String name) {
        return values.get(name) instanceof String text ? text : null;
    }

    /** As {@link #text(String)}, or the default. */
    public String text(String name, String otherwise) {
        String text = text(name);
        return text == null ? otherwise : text;
    }

    /** False when it is not set. */
    public boolean isSet(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }
}
