package io.switchboard.kit.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** Bytes that a client sent ahead of its turn. The channel reads no more while there are some: the rest waits in the socket. */
final class ReadAhead {
    private static final int MOST = 256 * 1024;

    private final Channel channel;
    private @Nullable ByteBuf bytes;

    ReadAhead(Channel channel) {
        this.channel = channel;
    }

    boolean isEmpty() {
        return bytes == null;
    }

    /** @return whether it is too much */
    boolean keep(ByteBuf in) {
        channel.config().setAutoRead(false);
        var more = in.readRetainedSlice(in.readableBytes());
        bytes = bytes == null ? more : Unpooled.wrappedBuffer(bytes, more);
        return bytes.readableBytes() > MOST;
    }

    /** Lets the channel read again. Null if the bytes were released meanwhile. */
    @Nullable
    ByteBuf take() {
        var taken = bytes;
        bytes = null;
        channel.config().setAutoRead(true);
        return taken;
    }

    void release() {
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
    }
}
