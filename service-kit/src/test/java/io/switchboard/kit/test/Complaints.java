package io.switchboard.kit.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Hears what the service under test logs as an error or with an exception. */
public final class Complaints extends Handler implements AutoCloseable {
    private static final Logger EVERYTHING = Logger.getLogger("");

    private final List<String> heard = new CopyOnWriteArrayList<>();

    private Complaints() {}

    public static Complaints listen() {
        var complaints = new Complaints();
        EVERYTHING.addHandler(complaints);
        return complaints;
    }

    public List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void publish(LogRecord line) {
        if (line.getThrown() != null || line.getLevel().intValue() >= Level.SEVERE.intValue()) {
            heard.add(line.getLoggerName() + ": " + line.getMessage() + " " + line.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        EVERYTHING.removeHandler(this);
    }
}
