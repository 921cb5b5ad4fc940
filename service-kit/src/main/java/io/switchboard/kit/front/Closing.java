package io.switchboard.kit.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;

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

    /** Flushes what is written, and ends it. */
    void begin(@Nullable ChannelHandlerContext context, Waiting waiting, long now) {
        began = heard = now;
        if (context != null) {
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) written -> {
                waiting.answeredLast();
                endOutput(written.channel());
            });
        }
    }

    private static void endOutput(Channel channel) {
        if (channel instanceof DuplexChannel socket && channel.pipeline().get("ssl") == null) {
            socket.shutdownOutput();
        }
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
