package io.switchboard.kit.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** What a client has sent ahead of its turn: little more than one read brings, as the rest waits in the socket. */
final class ReadAhead {
    private static final int MOST = 256 * 1024;

    private @Nullable ByteBuf bytes;

    boolean isEmpty() {
        return bytes == null;
    }

    /** @return whether it is too much */
    boolean keep(ByteBuf in) {
        var more = in.readRetainedSlice(in.readableBytes());
        bytes = bytes == null ? more : Unpooled.wrappedBuffer(bytes, more);
        return bytes.readableBytes() > MOST;
    }

    /** Null where it has been let go meanwhile. */
    @Nullable
    ByteBuf take() {
        var taken = bytes;
        bytes = null;
        return taken;
    }

    void release() {
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
    }
}
