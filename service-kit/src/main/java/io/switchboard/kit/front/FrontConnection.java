package io.switchboard.kit.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.FastThreadLocal;
import io.switchboard.kit.problem.Problem;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection, before HTTP is decoded. It lets one request at a time through, first its head and then its whole body, and
 * none that is too large, too slow or ambiguous. What a client sends ahead waits in the socket.
 */
final class FrontConnection extends ChannelDuplexHandler {
    private enum Stage {
        HEAD,
        BODY,
        ANSWER,
        CLOSING
    }

    static final AttributeKey<FrontConnection> KEY = AttributeKey.valueOf("switchboard.front");

    private static final byte[] NONE = new byte[0];
    /** So much of what an answered client still sends is dropped; it might not hear the answer if the socket were reset. */
    private static final long MOST_DROPPED = 16L * 1024 * 1024;

    private static final int MOST_EARLY = 256 * 1024;
    private static final long LINGER_NANOS = 1_000_000_000L;
    private static final long LONGEST_LINGER_NANOS = 5 * LINGER_NANOS;
    /** A body of no more than this is read to its end behind an early answer. */
    private static final int SMALL_REST = 64 * 1024;

    private static final FastThreadLocal<byte[]> SCRATCH = new FastThreadLocal<>();

    final Channel channel;
    final @Nullable String address;
    final PendingAnswer pending;
    private final Front front;
    private final FrontLimits limits;
    private final RequestHead head;
    private Stage stage = Stage.HEAD;
    private byte[] heldHead = NONE;
    private int headLength;
    private @Nullable IncomingBody body;
    private @Nullable ByteBuf early;
    private boolean answerBegun;
    private boolean answerEnded;
    private boolean closesAfterAnswer;
    private boolean hasAnswered;
    private long dropped;
    private long since;
    private long heardAt;

    /** @param address null where connections of one address are not counted */
    FrontConnection(Front front, Channel channel, @Nullable String address) {
        this.front = front;
        this.limits = front.limits();
        this.channel = channel;
        this.address = address;
        this.head = new RequestHead(limits);
        this.pending = new PendingAnswer(front, this);
        this.since = this.heardAt = front.now();
    }

    static @Nullable FrontConnection of(Channel channel) {
        return channel.attr(KEY).get();
    }

    /** Of the request that is coming in; null where it has none, or it came together with its head. */
    @Nullable
    IncomingBody body() {
        return body;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf in)) {
            ctx.fireChannelRead(message);
            return;
        }
        try {
            take(ctx, in);
        } finally {
            in.release();
        }
    }

    private void take(ChannelHandlerContext ctx, ByteBuf in) {
        try {
            while (in.isReadable()) {
                switch (stage) {
                    case HEAD -> readHead(ctx, in);
                    case BODY -> readBody(ctx, in);
                    case ANSWER -> keepForLater(in);
                    case CLOSING -> drop(in);
                }
            }
        } catch (Problem problem) {
            in.skipBytes(in.readableBytes());
            refuse(problem);
        }
    }

    private void readHead(ChannelHandlerContext ctx, ByteBuf in) {
        var scratch = headLength == 0 ? scratch() : room();
        var before = headLength;
        var now = Math.min(in.readableBytes(), scratch.length - before);
        in.getBytes(in.readerIndex(), scratch, before, now);
        var end = head.read(scratch, before + now);
        if (end < 0) {
            in.skipBytes(now);
            keepHead(scratch, before + now);
            return;
        }
        if (before == 0) {
            begin(ctx, in, end);
        } else {
            in.skipBytes(end - before);
            var own = Unpooled.wrappedBuffer(heldHead, 0, end);
            heldHead = NONE;
            headLength = 0;
            begin(ctx, own, end);
            own.release();
        }
    }

    private void keepHead(byte[] bytes, int length) {
        if (headLength == 0) {
            since = front.now();
            heldHead = Arrays.copyOf(bytes, Math.max(1024, length));
        }
        headLength = length;
    }

    private byte[] scratch() {
        var scratch = SCRATCH.get();
        if (scratch == null || scratch.length < mostHead()) {
            scratch = new byte[mostHead()];
            SCRATCH.set(scratch);
        }
        return scratch;
    }

    private byte[] room() {
        if (headLength == heldHead.length) {
            heldHead = Arrays.copyOf(heldHead, Math.min(2 * heldHead.length, mostHead()));
        }
        return heldHead;
    }

    private int mostHead() {
        return (int) (limits.requestLine().asLongValue() + limits.headers().asLongValue()) + 4;
    }

    /** A body that came whole, with its head, goes on with it. */
    private void begin(ChannelHandlerContext ctx, ByteBuf in, int end) {
        var fields = head.fields();
        var whole = !fields.isChunked() && in.readableBytes() - end >= fields.contentLength();
        stage = whole ? Stage.ANSWER : Stage.BODY;
        body = whole ? null : new IncomingBody(this, front, fields);
        var length = whole ? end + (int) fields.contentLength() : end;
        answerBegun = answerEnded = false;
        hasAnswered = true;
        since = front.now();
        head.clear();
        var taken = AnswerWatch.install(ctx, this, in);
        ctx.fireChannelRead(in.readRetainedSlice(length - taken));
    }

    private void readBody(ChannelHandlerContext ctx, ByteBuf in) {
        if (!body.read(in, ctx::fireChannelRead)) {
            return;
        }
        stage = Stage.ANSWER;
        body.deliver();
        if (stage == Stage.ANSWER && answerEnded) {
            nextRequest(); // it was answered before its body was here
        }
    }

    /** What is sent ahead waits: little more of it than one read brought. */
    private void keepForLater(ByteBuf in) {
        channel.config().setAutoRead(false);
        var more = in.readRetainedSlice(in.readableBytes());
        early = early == null ? more : Unpooled.wrappedBuffer(early, more);
        if (early.readableBytes() > MOST_EARLY) {
            cutOff();
        }
    }

    private void drop(ByteBuf in) {
        dropped += in.readableBytes();
        heardAt = front.now();
        in.skipBytes(in.readableBytes());
        if (dropped > MOST_DROPPED) {
            cutOff();
        }
    }

    /** @return whether it is the connection's last */
    boolean beginAnswer() {
        answerBegun = true;
        if (stage == Stage.BODY && !body.isSmallRest(SMALL_REST)) {
            closesAfterAnswer = true;
        }
        return closesAfterAnswer || stage == Stage.CLOSING;
    }

    void closeAfterAnswer() {
        closesAfterAnswer = true;
    }

    /** The last of the answer is on its way. */
    void answered() {
        answerEnded = true;
        if (stage == Stage.CLOSING) {
            return;
        }
        if (closesAfterAnswer) {
            close();
        } else if (stage == Stage.ANSWER) {
            nextRequest();
        }
    }

    private void nextRequest() {
        releaseBody();
        stage = Stage.HEAD;
        answerBegun = false;
        since = front.now();
        if (early != null) {
            channel.eventLoop().execute(this::takeEarly);
        }
    }

    private void takeEarly() {
        var waiting = early;
        early = null;
        channel.config().setAutoRead(true);
        if (waiting != null) {
            channelRead(channel.pipeline().context(this), waiting);
        }
    }

    /** Answers for the service, mostly since there is no request yet. */
    void refuse(Problem problem) {
        if (stage == Stage.CLOSING) {
            return;
        }
        front.refused(problem);
        closesAfterAnswer = true;
        var answeredAsUsual = stage == Stage.BODY && body.answer(problem);
        var context = channel.pipeline().context(this);
        if (!answeredAsUsual && !answerBegun && context != null) {
            context.write(RawAnswer.of(problem));
        }
        if (stage != Stage.CLOSING) {
            close();
        }
    }

    /** At once. Vert.x would have what waits to be read go out first. */
    void cutOff() {
        var context = channel.pipeline().context(this);
        if (context != null) {
            context.close();
        }
    }

    /** Lets what is written go out, and then gives the client a moment to hear it. */
    private void close() {
        stage = Stage.CLOSING;
        since = front.now();
        releaseBody();
        releaseEarly();
        channel.config().setAutoRead(true);
        var context = channel.pipeline().context(this);
        if (context != null) {
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) written -> endOutput());
        }
    }

    private void endOutput() {
        if (channel instanceof DuplexChannel socket && channel.pipeline().get("ssl") == null) {
            socket.shutdownOutput();
        }
    }

    private void releaseBody() {
        if (body != null) {
            body.release();
            body = null;
        }
    }

    private void releaseEarly() {
        if (early != null) {
            early.release();
            early = null;
        }
    }

    /** Called every now and then on the connection's event loop. */
    void sweep(long now) {
        if (!channel.isOpen()) {
            return;
        }
        if (pending.isStuck(now)) {
            cutOff();
            return;
        }
        var waited = now - since;
        switch (stage) {
            case HEAD -> {
                if (headLength > 0 && waited > limits.headerTimeout().toNanos()) {
                    refuse(Problem.of(408, "headers_too_slow", "The headers did not come in time."));
                } else if (headLength == 0 && waited > idleNanos()) {
                    cutOff();
                }
            }
            case BODY -> {
                if (body.isTooSlow(now)) {
                    refuse(Problem.of(408, "body_too_slow", "The body did not come in time."));
                }
            }
            case ANSWER -> {}
            case CLOSING -> {
                var silent = now - Math.max(since, heardAt) > LINGER_NANOS && pending.isDone();
                if (silent || waited > LONGEST_LINGER_NANOS) {
                    cutOff();
                }
            }
        }
    }

    private long idleNanos() {
        return (hasAnswered ? limits.idleTimeout() : limits.headerTimeout()).toNanos();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            pending.beforeWrite(bytes.readableBytes());
        }
        ctx.write(message, promise);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        ctx.flush();
        pending.flushed();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stage = Stage.CLOSING;
        releaseBody();
        releaseEarly();
        pending.release();
        ctx.fireChannelInactive();
    }
}
