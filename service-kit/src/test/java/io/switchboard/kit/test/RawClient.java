package io.switchboard.kit.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that writes bytes as they are, as attackers do and libraries would not. */
public final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    /** What came back; status 0 where the connection was closed instead. */
    public record Answer(int status, Map<String, String> headers, String body) {
        static final Answer NONE = new Answer(0, Map.of(), "");

        public boolean isProblem(String type) {
            return headers.getOrDefault("content-type", "").equals("application/problem+json")
                    && body.contains("urn:switchboard:problem:" + type);
        }
    }

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    public static RawClient to(int port) {
        return to(port, 0);
    }

    /** @param receiveBuffer so that what is not read soon waits at the other side; 0 for the usual one */
    public static RawClient to(int port, int receiveBuffer) {
        var socket = new Socket();
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One request on a connection of its own. */
    public static Answer answer(int port, String request) {
        try (var client = to(port)) {
            client.send(request);
            return client.answer();
        }
    }

    public RawClient send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** That the other side has hung up shows when an answer is read. */
    public RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException gone) {
            return this;
        }
        return this;
    }

    public Answer answer() {
        try {
            var in = socket.getInputStream();
            var line = line(in);
            if (line.isEmpty()) {
                return Answer.NONE;
            }
            var headers = new TreeMap<String, String>();
            for (var next = line(in); !next.isEmpty(); next = line(in)) {
                var parts = next.split(":", 2);
                headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
            }
            var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            return new Answer(
                    Integer.parseInt(line.split(" ")[1]),
                    headers,
                    new String(in.readNBytes(length), StandardCharsets.UTF_8));
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no answer, and not closed", e);
        } catch (IOException gone) {
            return Answer.NONE;
        }
    }

    /** Reads on until the other side has closed. */
    public boolean isClosed() {
        try {
            while (socket.getInputStream().read() >= 0) {}
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
