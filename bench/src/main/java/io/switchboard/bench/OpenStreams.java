package io.switchboard.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Many streams of server-sent events, read by one thread. It looks for the marks of those events that the measurement causes. */
final class OpenStreams implements AutoCloseable {
    /** What a title ends with: a number. */
    static final String MARK = "Streamed ";

    private static final Pattern MARKED = Pattern.compile("\"title\":\"[^\"]*" + MARK + "(\\d+)\"");
    private static final int LONGEST_TAIL = 64 * 1024;

    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    private final LongConsumer arrived;
    private final Thread reader = new Thread(this::read, "read-streams");
    private volatile boolean closed;
    private volatile int open;

    private OpenStreams(Selector selector, LongConsumer arrived) {
        this.selector = selector;
        this.arrived = arrived;
    }

    /** @param arrived takes the number of each mark, on the thread that reads */
    static OpenStreams open(InetSocketAddress server, List<byte[]> requests, LongConsumer arrived) {
        try {
            OpenStreams streams = new OpenStreams(Selector.open(), arrived);
            for (byte[] request : requests) {
                SocketChannel channel = SocketChannel.open(server);
                channel.write(ByteBuffer.wrap(request)); // small enough for one go
                channel.configureBlocking(false);
                channel.register(streams.selector, SelectionKey.OP_READ, new StringBuilder());
            }
            streams.reader.setDaemon(true);
            streams.reader.start();
            return streams;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** How many were answered with a stream, and are. */
    int open() {
        return open;
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        Pause.until(reader);
    }

    private void read() {
        try (selector) {
            while (!closed) {
                selector.select(this::ready);
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void ready(SelectionKey key) {
        StringBuilder text = (StringBuilder) key.attachment();
        try {
            in.clear();
            if (((SocketChannel) key.channel()).read(in) < 0) {
                end(key);
                return;
            }
            text.append(StandardCharsets.ISO_8859_1.decode(in.flip()));
        } catch (IOException reset) {
            end(key);
            return;
        }
        if (text.indexOf("HTTP/1.1 200") == 0 && text.indexOf("retry: ") > 0) {
            open++;
            text.setLength(0);
        }
        take(text);
    }

    private void end(SelectionKey key) {
        open--;
        key.cancel();
    }

    /** What comes before the last mark is done with; the rest may be the beginning of one. */
    private void take(StringBuilder text) {
        Matcher marks = MARKED.matcher(text);
        int done = 0;
        while (marks.find()) {
            arrived.accept(Long.parseLong(marks.group(1)));
            done = marks.end();
        }
        text.delete(0, Math.max(done, text.length() - LONGEST_TAIL));
    }
}
