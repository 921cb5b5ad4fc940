package io.switchboard.kit.front;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.AttributeKey;
import io.switchboard.kit.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection, before HTTP is decoded. It lets one request at a time through, first its head and then its whole body, and
 * refuses one that is too large, too slow or ambiguous. Requests that a client sends ahead wait in the socket.
 */
final class FrontConnection extends ChannelDuplexHandler {
    enum Stage {
        HEAD,
        BODY,
        ANSWER,
        CLOSING
    }

    static final AttributeKey<FrontConnection> KEY = AttributeKey.valueOf("switchboard.front");

    /** A body of no more than this is read to its end behind an early answer. */
    private static final int SMALL_REST = 64 * 1024;

    final Channel channel;
    final @Nullable String address;
    final PendingAnswer pending;
    final Waiting waiting;
    private final Front front;
    final HeadReader head;
    private final ReadAhead ahead;
    final Closing closing = new Closing();
    private Stage stage = Stage.HEAD;
    private @Nullable IncomingBody body;
    private boolean answerBegun;
    private boolean answerEnded;
    private boolean closesAfterAnswer;
    /** @param address null where connections of one address are not counted */
    FrontConnection(Front front, Channel channel, @Nullable String address) {
        this.front = front;
        this.channel = channel;
        this.address = address;
        this.ahead = new ReadAhead(channel);
        this.head = new HeadReader(front.limits());
        this.pending = new PendingAnswer(front, this);
        this.waiting = new Waiting(front.limits(), front.now());
    }

    static @Nullable FrontConnection of(Channel channel) {
        return channel.attr(KEY).get();
    }

    /** Of the request that is coming in; null if it has no body, or one that came together with its head. */
    @Nullable
    IncomingBody body() {
        return body;
    }

    Stage stage() {
        return stage;
    }

    /** From any thread. */
    void makeWay() {
        waiting.leave();
        channel.eventLoop().execute(() -> {
            if (waiting.leaves()) {
                cutOff();
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf in)) {
            ctx.fireChannelRead(message);
            return;
        }
        try {
            if (ahead.isEmpty() || stage == Stage.CLOSING) {
                take(ctx, in);
            } else {
                keepForLater(in);
            }
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
                    case CLOSING -> {
                        if (closing.isTooMuch(in)) {
                            cutOff();
                        }
                    }
                }
            }
        } catch (Problem problem) {
            in.skipBytes(in.readableBytes());
            refuse(problem);
        }
    }

    private void readHead(ChannelHandlerContext ctx, ByteBuf in) {
        if (head.read(in)) {
            begin(ctx, in);
        }
    }

    /** A body that came whole, with its head, goes on with it. */
    private void begin(ChannelHandlerContext ctx, ByteBuf in) {
        var fields = head.fields();
        var whole = !fields.isChunked() && head.hasBehind(in, fields.contentLength());
        stage = whole ? Stage.ANSWER : Stage.BODY;
        body = whole ? null : new IncomingBody(this, front, fields);
        answerBegun = answerEnded = false;
        waiting.end();
        var request = head.take(in, whole ? (int) fields.contentLength() : 0);
        AnswerWatch.install(ctx, this, request);
        ctx.fireChannelRead(request);
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

    private void keepForLater(ByteBuf in) {
        if (ahead.keep(in)) {
            cutOff();
        }
    }

    /** False while the service does not take more: then the client is not to blame. */
    boolean isReading() {
        return channel.config().isAutoRead();
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
    void endAnswer() {
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
        waiting.begin(front.now());
        if (!ahead.isEmpty()) {
            channel.eventLoop().execute(this::readOn);
        }
    }

    private void readOn() {
        var waiting = ahead.take();
        if (waiting != null) {
            channelRead(channel.pipeline().context(this), waiting);
        }
    }

    /** Answers for the service, mostly since there is no request yet. */
    void refuse(Problem problem) {
        if (stage == Stage.CLOSING) {
            return;
        }
        front.countRefusal(problem);
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

    /** Flushes what is written, and leaves the client a moment to read it. */
    private void close() {
        stage = Stage.CLOSING;
        release();
        channel.config().setAutoRead(true);
        closing.begin(channel.pipeline().context(this), waiting, front.now());
    }

    private void release() {
        ahead.release();
        releaseBody();
    }

    private void releaseBody() {
        if (body != null) {
            body.release();
            body = null;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stage = Stage.CLOSING;
        release();
        ctx.fireChannelInactive();
    }
}
