package io.switchboard.kit.front;

import io.netty.buffer.ByteBuf;

/**
 * Takes the framing off a chunked body (RFC 9112, 7.1), and takes no other spelling of it than the standard's. Extensions and
 * trailers are dropped.
 */
final class Chunks {
    /** Of a chunk's extension, and of all trailers: nothing that is in use comes near. */
    private static final int MOST_DROPPED = 4_096;

    private enum Expects {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER,
        TRAILER_LF,
        NOTHING
    }

    /** Takes data as it comes, not later. */
    interface Data {
        void take(ByteBuf bytes, int length);
    }

    private Expects expects = Expects.SIZE;
    private long left;
    private int digits;
    private int dropped;
    private int lineLength;

    /** @return whether the body is at its end; what follows in the buffer is left there */
    boolean read(ByteBuf in, Data data) {
        while (in.isReadable() && expects != Expects.NOTHING) {
            if (expects == Expects.DATA) {
                var now = (int) Math.min(left, in.readableBytes());
                data.take(in, now);
                left -= now;
                expects = left == 0 ? Expects.DATA_CR : Expects.DATA;
            } else {
                expects = after(in.readByte());
            }
        }
        return expects == Expects.NOTHING;
    }

    /** Of the chunk that has begun. */
    long left() {
        return left;
    }

    private Expects after(byte c) {
        return switch (expects) {
            case SIZE -> size(c);
            case EXTENSION -> c == '\r' ? Expects.SIZE_LF : drop(c, Expects.EXTENSION);
            case SIZE_LF -> must(c == '\n', left == 0 ? Expects.TRAILER : Expects.DATA);
            case DATA_CR -> must(c == '\r', Expects.DATA_LF);
            case DATA_LF -> {
                digits = 0;
                yield must(c == '\n', Expects.SIZE);
            }
            case TRAILER -> {
                if (c == '\r') {
                    yield Expects.TRAILER_LF;
                }
                lineLength++;
                yield drop(c, Expects.TRAILER);
            }
            case TRAILER_LF -> {
                var isLast = lineLength == 0;
                lineLength = 0;
                yield must(c == '\n', isLast ? Expects.NOTHING : Expects.TRAILER);
            }
            case DATA, NOTHING -> throw new IllegalStateException();
        };
    }

    private Expects size(byte c) {
        var digit = Character.digit(c, 16);
        if (digit >= 0) {
            left = (digits == 0 ? 0 : left << 4) + digit;
            return must(++digits <= 8, Expects.SIZE);
        }
        dropped = 0;
        return must(digits > 0 && (c == '\r' || c == ';'), c == '\r' ? Expects.SIZE_LF : Expects.EXTENSION);
    }

    private Expects drop(byte c, Expects next) {
        return must(++dropped <= MOST_DROPPED && (c < 0 || c >= ' ' || c == '\t'), next);
    }

    private static Expects must(boolean holds, Expects next) {
        if (!holds) {
            throw RequestHead.malformed("The body is not chunked as it should be.");
        }
        return next;
    }
}
