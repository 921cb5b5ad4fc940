package io.switchboard.kit.test;

import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client of server-sent events, on a socket of its own. */
public final class EventListener implements AutoCloseable {
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<String> others = new CopyOnWriteArrayList<>();
    private final Socket socket;
    private volatile int status;
    private volatile boolean hasEnded;
    private volatile boolean wasClosed;

    /** As received. */
    public record Event(String id, String type, JsonObject data) {}

    private EventListener(int port, String path, String token, String lastEventId) {
        try {
            socket = new Socket("127.0.0.1", port);
            var head = "GET " + path
                    + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nAuthorization: Bearer " + token
                    + "\r\n" + (lastEventId == null ? "" : "Last-Event-ID: " + lastEventId + "\r\n") + "\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var reader = new Thread(this::read, "events of " + path);
        reader.setDaemon(true);
        reader.start();
    }

    public static EventListener open(String path, String token) {
        return open(path, token, null);
    }

    public static EventListener open(String path, String token, String lastEventId) {
        return open(RestAssured.port, path, token, lastEventId);
    }

    public static EventListener open(int port, String path, String token, String lastEventId) {
        return new EventListener(port, path, token, lastEventId);
    }

    private void read() {
        try (var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            status = Integer.parseInt(in.readLine().split(" ")[1]);
            String id = null;
            String type = null;
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals("0")) {
                    hasEnded = true;
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(id, type, new JsonObject(line.substring(6))));
                } else {
                    others.add(line);
                }
            }
        } catch (IOException | NullPointerException gone) {
            wasClosed = true;
        } finally {
            wasClosed = true;
        }
    }

    /** 0 until the answer has begun. */
    public int status() {
        return status;
    }

    public List<Event> events() {
        return events;
    }

    public List<String> ids() {
        return events.stream().map(Event::id).toList();
    }

    public String lastId() {
        return events.isEmpty() ? null : events.get(events.size() - 1).id();
    }

    /** Lines of the head, comments and the like. */
    public List<String> otherLines() {
        return others;
    }

    /** Whether the stream is over: the answer's last chunk has come, or the connection is closed. */
    public boolean isOver() {
        return hasEnded || wasClosed;
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
