package io.switchboard.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/** A client at one loopback address that guesses at sign-ins over one connection; the JDK's client cannot choose its address. */
final class Guesser implements AutoCloseable {
    private final Socket socket;
    private final InputStream answers;

    Guesser(String address, int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(address), 0);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(30_000);
            answers = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The status of the answer. */
    int post(String path, String json) {
        return post(path, json, "");
    }

    /** @param headers whole lines */
    int post(String path, String json, String headers) {
        var request = "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + headers
                + "Content-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n" + json;
        try {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int answer() throws IOException {
        var status = Integer.parseInt(line().split(" ")[1]);
        var length = 0;
        for (var line = line(); !line.isEmpty(); line = line()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).trim());
            }
        }
        answers.skipNBytes(length);
        return status;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = answers.read(); next != '\n'; next = answers.read()) {
            if (next < 0) {
                throw new IOException("The connection was closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
