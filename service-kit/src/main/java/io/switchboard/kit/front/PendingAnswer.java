package io.switchboard.kit.front;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.atomic.AtomicBoolean;

/** How much of its answers a client has not read yet, and since when. */
final class PendingAnswer extends ChannelDuplexHandler {
    private static final int LARGE = 64 * 1024;

    private final Front front;
    private final FrontConnection connection;
    private final AtomicBoolean isCut = new AtomicBoolean();
    private volatile long known;
    private volatile long since;
    private long written;
    private long windowAt;
    private long windowRead;

    PendingAnswer(Front front, FrontConnection connection) {
        this.front = front;
        this.connection = connection;
    }

    long bytes() {
        return isCut.get() ? 0 : known;
    }

    /** Means something only where there are {@link #bytes}. */
    long since() {
        return since;
    }

    boolean isDone() {
        return waiting() == 0;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            written += bytes.readableBytes();
            if (bytes.readableBytes() > LARGE && ctx.channel().isActive()) {
                update(known + bytes.readableBytes()); // at once: other threads are about to write theirs
                front.answers().makeRoom(this);
            }
        }
        ctx.write(message, promise);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        ctx.flush();
        var now = waiting();
        if (now != known) {
            update(now);
            front.answers().makeRoom(this);
        }
    }

    private void update(long now) {
        if (known == 0) {
            since = front.now();
            windowAt = since;
            windowRead = written - now;
        }
        front.answers().add(now - known);
        known = now;
    }

    /** To be called every now and then. */
    boolean isStuck(long now) {
        var waiting = waiting();
        if (waiting != known) {
            update(waiting);
        }
        var limits = front.limits();
        if (waiting == 0 || now - windowAt < limits.writeTimeout().toNanos()) {
            return false;
        }
        var read = written - waiting - windowRead;
        windowAt = now;
        windowRead += read;
        return read < limits.writeRate().asLongValue() * limits.writeTimeout().toMillis() / 1000;
    }

    private long waiting() {
        var buffer = connection.channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : Math.max(0, buffer.totalPendingWriteBytes() - buffer.currentProgress());
    }

    void cutOff() {
        if (isCut.compareAndSet(false, true)) {
            var leaving = known;
            front.count("answers_not_read");
            front.answers().leave(leaving);
            connection.cutOff();
            connection.channel.eventLoop().execute(() -> {
                release();
                front.answers().leave(-leaving);
            });
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        release();
        ctx.fireChannelInactive();
    }

    private void release() {
        front.answers().add(-known);
        known = 0;
    }
}
