package io.switchboard.voice.callevent;

import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A further id that a call goes by, at its provider or at the carrier beneath it. Calls that share one are the same call.
 *
 * @param provider whose id it is: a provider's name, also of one whose deliveries do not come here
 */
public record CallKey(String provider, String key) implements Comparable<CallKey> {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_.-]{1,40}");
    private static final Pattern ID = Pattern.compile("[\\p{Graph}]{6,200}");
    private static final Pattern ONE_CHARACTER = Pattern.compile("[0-]+|(.)\\1*");
    private static final Set<String> PLACEHOLDERS =
            Set.of("unknown", "undefined", "anonymous", "restricted", "unavailable");

    /** Whether it can tell calls apart: not a placeholder that many calls have, and neither very short nor very long. */
    public boolean isUsable() {
        return NAME.matcher(provider).matches()
                && ID.matcher(key).matches()
                && !ONE_CHARACTER.matcher(key).matches()
                && !PLACEHOLDERS.contains(key.toLowerCase(Locale.ROOT));
    }

    @Override
    public int compareTo(CallKey other) {
        return Comparator.comparing(CallKey::provider)
                .thenComparing(CallKey::key)
                .compare(this, other);
    }
}
