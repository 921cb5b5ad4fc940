package io.switchboard.bench;

import java.util.Locale;

/** Prints the progress of a measurement with the seconds since its start. */
public final class Say {
    private static final long START = System.nanoTime();

    private Say() {}

    public static void line(String text) {
        System.out.printf(Locale.ROOT, "[%5.1f s] %s%n", (System.nanoTime() - START) / 1e9, text);
    }
}
