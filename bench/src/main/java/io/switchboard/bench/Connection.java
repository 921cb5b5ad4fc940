package io.switchboard.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A keep-alive connection that sends its next request as soon as the last one is answered. */
final class Connection {
    private static final int LARGEST_REQUEST = 64 * 1024;

    private final InetSocketAddress server;
    private final Selector selector;
    private final Requests requests;
    private final Tally tally;
    private final ByteBuffer out = ByteBuffer.allocateDirect(LARGEST_REQUEST);
    private final ByteBuffer in = ByteBuffer.allocateDirect(16 * 1024);
    private Answer answer = new Answer();
    private SocketChannel channel;
    private SelectionKey key;
    private long sentAt;
    private boolean waiting;

    Connection(InetSocketAddress server, Selector selector, Requests requests, Tally tally) {
        this.server = server;
        this.selector = selector;
        this.requests = requests;
        this.tally = tally;
        open();
    }

    /** Whether a request is on its way. */
    boolean waiting() {
        return waiting;
    }

    /** Called when the socket can be read, or written where the last write did not take everything. */
    void ready() {
        try {
            if (out.hasRemaining()) {
                write();
            }
            read();
        } catch (IOException broken) {
            failed(broken.getMessage());
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void open() {
        try {
            channel = SocketChannel.open(server);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            key = channel.register(selector, SelectionKey.OP_READ, this);
            answer = new Answer();
            send();
        } catch (IOException broken) {
            throw new UncheckedIOException("no connection to " + server, broken);
        }
    }

    private void send() throws IOException {
        out.clear();
        requests.next(out);
        out.flip();
        waiting = true;
        sentAt = System.nanoTime();
        write();
    }

    private void write() throws IOException {
        channel.write(out);
        int interest = out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }

    private void read() throws IOException {
        in.clear();
        int count = channel.read(in);
        if (count < 0) {
            streamEnded();
            return;
        }
        in.flip();
        if (answer.feed(in)) {
            answered();
        }
    }

    private void answered() throws IOException {
        waiting = false;
        if (answer.status() / 100 == 2) {
            tally.page().success(System.nanoTime() - sentAt);
        } else {
            tally.page().error("status " + answer.status());
        }
        if (answer.closes()) {
            reopen();
        } else if (!tally.ended()) {
            send();
        }
    }

    private void streamEnded() throws IOException {
        if (answer.endsWithStream()) {
            answered();
        } else if (waiting) {
            failed("closed without an answer");
        } else {
            close();
        }
    }

    private void failed(String why) {
        waiting = false;
        tally.page().error("connection: " + why);
        reopen();
    }

    private void reopen() {
        close();
        if (!tally.ended()) {
            open();
        }
    }
}
