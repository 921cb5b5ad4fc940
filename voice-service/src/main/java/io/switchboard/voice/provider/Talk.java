package io.switchboard.voice.provider;

import io.switchboard.voice.callevent.CleanField;
import org.jspecify.annotations.Nullable;

/** Writes down what was said in a call, a line a turn, up to the most that is stored. */
public final class Talk {
    public static final String AGENT = "AI: ";
    public static final String USER = "User: ";

    private final StringBuilder lines = new StringBuilder();

    /**
     * Without a speaker or words it adds nothing.
     *
     * @param speaker {@link #AGENT}, {@link #USER}, or what else the line begins with
     */
    public void add(@Nullable String speaker, @Nullable String said) {
        if (speaker != null && said != null && lines.length() < CleanField.TRANSCRIPT) {
            lines.append(speaker).append(said).append('\n');
        }
    }

    /** Null where nothing was said. */
    public @Nullable String text() {
        return CleanField.cut(lines.toString(), CleanField.TRANSCRIPT);
    }

    /** Whether the other side said anything. */
    public static boolean hasUser(@Nullable String transcript) {
        return transcript != null && transcript.lines().anyMatch(line -> line.startsWith(USER.strip()));
    }
}
