package io.switchboard.kit.front;

import io.netty.buffer.ByteBuf;

/**
 * The last moment of a connection that has been answered. What its client still sends is dropped meanwhile: it might not hear the
 * answer if the socket were reset.
 */
final class Closing {
    private static final long MOST_DROPPED = 16L * 1024 * 1024;
    private static final long SILENCE_NANOS = 1_000_000_000L;
    private static final long LONGEST_NANOS = 5 * SILENCE_NANOS;

    private long began;
    private long heard;
    private long dropped;

    void begin(long now) {
        began = heard = now;
    }

    boolean isTooMuch(ByteBuf in) {
        heard = System.nanoTime();
        dropped += in.readableBytes();
        in.skipBytes(in.readableBytes());
        return dropped > MOST_DROPPED;
    }

    boolean isOver(long now) {
        return now - heard > SILENCE_NANOS || isLate(now);
    }

    boolean isLate(long now) {
        return now - began > LONGEST_NANOS;
    }
}
