package io.switchboard.voice.callevent;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How interested the contact was, as the voice agent judged it. */
public enum LeadScore {
    COLD,
    WARM,
    HOT;

    /** Null for other words. */
    public static @Nullable LeadScore read(@Nullable String told) {
        return switch (told == null ? "" : told.strip().toLowerCase(Locale.ROOT)) {
            case "hot" -> HOT;
            case "warm" -> WARM;
            case "cold" -> COLD;
            default -> null;
        };
    }

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
