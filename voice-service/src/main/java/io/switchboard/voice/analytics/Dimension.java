package io.switchboard.voice.analytics;

/** What figures are broken down by. A number is the organization's own side of the call. */
enum Dimension {
    AGENT,
    CLIENT,
    PROVIDER,
    NUMBER
}
