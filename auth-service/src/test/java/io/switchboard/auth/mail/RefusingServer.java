package io.switchboard.auth.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An SMTP server that takes no recipient, or all but one. */
class RefusingServer implements AutoCloseable {
    private final ServerSocket socket;
    private final String refusal;
    private final String whom;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final Thread serving;

    RefusingServer(int port, String refusal) throws IOException {
        this(port, refusal, "");
    }

    RefusingServer(int port, String refusal, String whom) throws IOException {
        this.whom = whom;
        this.socket = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
        this.refusal = refusal;
        this.serving = start(this::serve);
    }

    int refusals() {
        return refusals.get();
    }

    int taken() {
        return taken.get();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                connections.add(connection);
                start(() -> talk(connection));
            } catch (IOException closed) {
                // the next one, if there is one
            }
        }
    }

    private static Thread start(Runnable work) {
        var thread = new Thread(work, "refusing-smtp");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void talk(Socket connection) {
        try (connection) {
            answer(connection);
        } catch (IOException closed) {
            // by the other side, or at the end
        }
    }

    private void answer(Socket connection) throws IOException {
        var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        say(connection, "220 refusing.example");
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("DATA")) {
                say(connection, "354 go ahead");
                for (line = in.readLine(); !line.equals("."); ) {
                    line = in.readLine();
                }
                taken.incrementAndGet();
                say(connection, "250 ok");
            } else if (line.startsWith("RCPT") && line.contains(whom)) {
                refusals.incrementAndGet();
                say(connection, refusal);
            } else if (line.startsWith("QUIT")) {
                say(connection, "221 bye");
                return;
            } else {
                say(connection, "250 ok");
            }
        }
    }

    private static void say(Socket connection, String line) throws IOException {
        connection.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        connection.getOutputStream().flush();
    }

    /** The port is taken until the thread has left {@code accept}. */
    @Override
    public void close() throws IOException {
        socket.close();
        for (var connection : connections) {
            connection.close();
        }
        try {
            serving.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
