package io.switchboard.kit.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;

/** Holds a request's head until it is whole: mostly it comes in one read, and nothing is held. */
final class HeadReader {
    private static final byte[] NONE = new byte[0];
    private static final int FIRST = 1024;
    private static final FastThreadLocal<byte[]> SCRATCH = new FastThreadLocal<>();

    private final FrontLimits limits;
    private final RequestHead head;
    private final int most;
    private byte[] held = NONE;
    private int length;
    private int end;
    private long since;

    HeadReader(FrontLimits limits) {
        this.limits = limits;
        head = new RequestHead(limits);
        // Beyond it the head refuses to read on.
        most = (int) (limits.requestLine().asLongValue() + limits.headers().asLongValue()) + 4;
    }

    /** Whether some of it is here. */
    boolean isBegun() {
        return length > 0;
    }

    boolean isTooSlow(long now) {
        return isBegun() && now - since > limits.headerTimeout().toNanos();
    }

    HeaderFields fields() {
        return head.fields();
    }

    /** @return whether it is whole; then the buffer stands at what is behind it, unless it came in one read */
    boolean read(ByteBuf in) {
        var bytes = length == 0 ? scratch() : room();
        var now = Math.min(in.readableBytes(), bytes.length - length);
        in.getBytes(in.readerIndex(), bytes, length, now);
        end = head.read(bytes, length + now);
        if (end < 0) {
            in.skipBytes(now);
            if (length == 0) {
                since = System.nanoTime();
                held = Arrays.copyOf(bytes, Math.max(FIRST, now));
            }
            length += now;
            return false;
        }
        in.skipBytes(length == 0 ? 0 : end - length);
        return true;
    }

    /** Whether the buffer holds so many bytes more, in one piece with the head. */
    boolean hasBehind(ByteBuf in, long bytes) {
        return bytes == 0 || length == 0 && in.readableBytes() - end >= bytes;
    }

    /** The head, and so many bytes behind it; then it is ready for the next. */
    ByteBuf take(ByteBuf in, int behind) {
        var taken = length == 0 ? in.readRetainedSlice(end + behind) : Unpooled.wrappedBuffer(held, 0, end);
        held = NONE;
        length = 0;
        head.clear();
        return taken;
    }

    private byte[] scratch() {
        var scratch = SCRATCH.get();
        if (scratch == null || scratch.length < most) {
            scratch = new byte[most];
            SCRATCH.set(scratch);
        }
        return scratch;
    }

    private byte[] room() {
        if (length == held.length) {
            held = Arrays.copyOf(held, Math.min(2 * held.length, most));
        }
        return held;
    }
}
