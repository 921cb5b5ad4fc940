package io.switchboard.kit.front;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.ProblemAnswer;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The body of a request, while it comes in. The request's handler sets how large it may be, and to which owner it is charged. */
public final class IncomingBody {
    /** A smaller body has the whole time, since it holds up little. */
    private static final int LARGE = 64 * 1024;

    private static final long PACE_NANOS = 3_000_000_000L;

    private final FrontConnection connection;
    private final FrontLimits limits;
    private final HeldBody held;
    private final @Nullable Chunks chunks;
    private final boolean expectsContinue;
    private final long began;
    private long left;
    private long length;
    private long limit;
    private boolean passesOn;
    private boolean mayTakeLong;
    private @Nullable RoutingContext request;
    private @Nullable Consumer<ByteBuf> next;
    private long paceAt;
    private long paceLength;

    IncomingBody(FrontConnection connection, Front front, HeaderFields fields) {
        this.connection = connection;
        this.limits = front.limits();
        this.held = new HeldBody(front.bodies(), fields.contentLength());
        this.chunks = fields.isChunked() ? new Chunks() : null;
        this.expectsContinue = fields.expectsContinue();
        this.left = fields.contentLength();
        this.limit = limits.largestBody().asLongValue();
        this.began = front.now();
        this.paceAt = began;
        if (connection.address != null) {
            held.chargeTo(connection.address);
        }
    }

    /** Null where the request has no body, or it is here already. */
    public static @Nullable IncomingBody of(RoutingContext request) {
        var connection = request.request().connection() instanceof ConnectionBase base
                ? FrontConnection.of(base.channel())
                : null;
        return connection == null ? null : connection.body();
    }

    /** Names the request that it belongs to, and how large it may be. */
    public void admit(RoutingContext request, long limit) {
        this.request = request;
        lowerLimit(limit);
    }

    /** Where this request may have less than the operation. */
    public void lowerLimit(long most) {
        limit = Math.min(limit, most);
        if (length + left > limit) {
            connection.refuse(Problem.tooLarge(limit));
        }
    }

    /** @param owner besides the socket's address, which it is charged to where that is a client's */
    public void chargeTo(String owner) {
        try {
            held.chargeTo(owner);
        } catch (Problem refusal) {
            connection.refuse(refusal);
        }
    }

    /** Goes through unheld, for a handler that drops it. */
    public void discard() {
        passesOn = true;
    }

    /** Goes through unheld, for a handler that reads a large body part by part. It may take long, but has to keep the pace. */
    public void passOn() {
        passesOn = true;
        mayTakeLong = true;
    }

    /** @return whether all of it has come */
    boolean read(ByteBuf in, Consumer<ByteBuf> next) {
        this.next = next;
        if (chunks == null) {
            var now = (int) Math.min(left, in.readableBytes());
            left -= now;
            take(in, now);
            return left == 0;
        }
        var isWhole = chunks.read(in, this::take);
        check(length + chunks.left());
        return isWhole;
    }

    private void take(ByteBuf in, int bytes) {
        length += bytes;
        check(length);
        if (!passesOn) {
            held.add(in, bytes);
            return;
        }
        sendHeld();
        send(bytes, () -> next.accept(in.readRetainedSlice(bytes)));
    }

    private void check(long bytes) {
        if (bytes > limit) {
            throw Problem.tooLarge(limit);
        }
    }

    /** Passes on what is held, and the end. */
    void deliver() {
        sendHeld();
        if (chunks != null) {
            next.accept(ascii("0\r\n\r\n"));
        }
    }

    private void sendHeld() {
        if (held.length() > 0) {
            send(held.length(), () -> held.drainTo(next));
        }
    }

    /** Chunked anew, as its head says that it is. */
    private void send(long bytes, Runnable data) {
        if (chunks != null) {
            next.accept(ascii(Long.toHexString(bytes) + "\r\n"));
        }
        data.run();
        if (chunks != null) {
            next.accept(ascii("\r\n"));
        }
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(US_ASCII));
    }

    /** Whether the rest comes soon, also if the request is refused. A client that waits for 100 Continue may never send it. */
    boolean isSmallRest(int most) {
        return chunks == null && left + held.length() <= most && !expectsContinue;
    }

    boolean isTooSlow(long now) {
        if (now - began > limits.bodyTimeout().toNanos() && !mayTakeLong) {
            return true;
        }
        if (now - paceAt < PACE_NANOS) {
            return false;
        }
        var gained = length - paceLength;
        paceAt = now;
        paceLength = length;
        return (mayTakeLong || held.length() > LARGE)
                && connection.isReading()
                && gained < limits.bodyRate().asLongValue() * PACE_NANOS / 1_000_000_000L;
    }

    /** @return whether the request could be answered so: it is known, and nothing of an answer has been sent */
    boolean answer(Problem problem) {
        if (request == null
                || request.response().headWritten()
                || request.response().ended()) {
            return false;
        }
        ProblemAnswer.send(request, problem);
        return true;
    }

    void release() {
        held.release();
    }
}
