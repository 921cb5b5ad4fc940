package io.switchboard.bench.attack;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection that sends what it likes, from a loopback address of its own. */
final class Wire implements Closeable {
    private static final int ANSWER_PATIENCE_MILLIS = 30_000;

    private final Socket socket;

    private Wire(Socket socket) {
        this.socket = socket;
    }

    /** @param host the last number of the sender's address, 127.0.0.host */
    static Wire open(InetSocketAddress server, int host) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setReuseAddress(true);
        socket.setSoTimeout(ANSWER_PATIENCE_MILLIS);
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) host}), 0));
        socket.connect(server, 2_000);
        return new Wire(socket);
    }

    Wire send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** The status of the next answer, whose body is left unread; 0 where the server closed without one. */
    int status() {
        try {
            var line = new ByteArrayOutputStream();
            for (int next = read(); next >= 0 && next != '\n'; next = read()) {
                line.write(next);
            }
            var parts = line.toString(StandardCharsets.ISO_8859_1).split(" ");
            return parts.length < 2 ? 0 : Integer.parseInt(parts[1]);
        } catch (IOException closed) {
            return 0;
        }
    }

    private int read() throws IOException {
        return socket.getInputStream().read();
    }

    /** A request with a body of its announced length. */
    static String post(String path, String headers, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "Content-Length: " + length + "\r\n\r\n";
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // closed is what it was to be
        }
    }
}
