package io.switchboard.voice.inbox;

import java.util.Locale;

/** What has become of an event: waiting or waiting again, at work, taken in with all its effects, or given up. */
enum EventStatus {
    PENDING,
    RUNNING,
    DONE,
    DEAD;

    /** As on the wire and in the database. */
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
