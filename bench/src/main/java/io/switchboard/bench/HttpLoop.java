package io.switchboard.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a number of connections busy from one thread, one request in flight on each. It shares the processor with what it
 * measures, so it reuses its buffers and looks at no more of an answer than it must.
 */
final class HttpLoop {
    private static final long SECOND = 1_000_000_000L;
    private static final long PATIENCE = 5 * SECOND;

    private final InetSocketAddress server;
    private final int connections;
    private final Requests requests;

    HttpLoop(InetSocketAddress server, int connections, Requests requests) {
        this.server = server;
        this.connections = connections;
        this.requests = requests;
    }

    Tally run(int warmUpSeconds, int seconds, CpuMeter cpu) {
        Tally tally = new Tally();
        List<Connection> open = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                open.add(new Connection(server, selector, requests, tally));
            }
            spin(selector, System.nanoTime() + warmUpSeconds * SECOND);
            cpu.begin();
            tally.measure();
            long begun = System.nanoTime();
            spin(selector, begun + seconds * SECOND);
            tally.end((System.nanoTime() - begun) / (double) SECOND);
            cpu.end();
            drain(selector, open);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            open.forEach(Connection::close);
        }
        return tally;
    }

    private static void spin(Selector selector, long until) throws IOException {
        for (long now = System.nanoTime(); now < until; now = System.nanoTime()) {
            selector.select(HttpLoop::ready, Math.max(1, (until - now) / 1_000_000));
        }
    }

    /** Lets the last requests be answered, so that what was stored can be held against what was acknowledged. */
    private static void drain(Selector selector, List<Connection> open) throws IOException {
        long until = System.nanoTime() + PATIENCE;
        while (open.stream().anyMatch(Connection::waiting) && System.nanoTime() < until) {
            selector.select(HttpLoop::ready, 10);
        }
    }

    private static void ready(SelectionKey key) {
        ((Connection) key.attachment()).ready();
    }
}
