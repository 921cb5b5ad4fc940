package io.switchboard.kit.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a service and its database, and fails as networks and servers do: without a word. */
public final class DatabaseProxy implements AutoCloseable {
    /** What happens to bytes; connections stay open in each. */
    public enum Mode {
        PASS,
        /** Nothing passes, in either direction, on new connections neither: a frozen server. What waits passes later. */
        HOLD,
        /** Nothing passes on connections that are open; new ones work: what a failover or a forgetful firewall leaves. */
        LOSE
    }

    private final ServerSocket server;
    private final int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private boolean held;

    private DatabaseProxy(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    public static DatabaseProxy to(int port) {
        try {
            var proxy = new DatabaseProxy(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), port);
            start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    public synchronized void set(Mode mode) {
        held = mode == Mode.HOLD;
        if (mode == Mode.LOSE) {
            links.forEach(link -> link.lost = true);
        }
        notifyAll();
    }

    private void accept() {
        try {
            while (true) {
                var link = new Link(server.accept());
                links.add(link);
                start(link::open);
            }
        } catch (IOException closed) {
            // The tests are over.
        }
    }

    /** Of the connections that were open at the last {@link Mode#LOSE}, those that the service has not closed yet. */
    long lost() {
        return links.stream().filter(link -> link.lost).count();
    }

    private synchronized void awaitTurn() throws InterruptedException {
        while (held) {
            wait();
        }
    }

    /** A client's connection and the one to the database that stands for it. */
    private final class Link {
        private final Socket client;
        private Socket database;
        private volatile boolean lost;

        private Link(Socket client) {
            this.client = client;
        }

        private void open() {
            try {
                awaitTurn();
                client.setTcpNoDelay(true);
                database = new Socket(InetAddress.getLoopbackAddress(), target);
                database.setTcpNoDelay(true);
                start(() -> pump(database, client));
                pump(client, database);
            } catch (IOException | InterruptedException e) {
                close();
            }
        }

        private void pump(Socket from, Socket to) {
            var bytes = new byte[16 * 1024];
            try {
                for (int count = from.getInputStream().read(bytes);
                        count >= 0;
                        count = from.getInputStream().read(bytes)) {
                    awaitTurn();
                    if (!lost) {
                        to.getOutputStream().write(bytes, 0, count);
                    }
                }
            } catch (IOException | InterruptedException over) {
                // The other side is closed below.
            }
            close();
        }

        private void close() {
            links.remove(this);
            closeQuietly(client);
            closeQuietly(database);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException gone) {
            // Closed is closed.
        }
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "database-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        links.forEach(Link::close);
    }
}
