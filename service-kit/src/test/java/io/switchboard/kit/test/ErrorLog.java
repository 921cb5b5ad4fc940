package io.switchboard.kit.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the service under test logs as an error or with an exception. */
public final class ErrorLog extends Handler implements AutoCloseable {
    private static final Logger EVERYTHING = Logger.getLogger("");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    private ErrorLog() {}

    public static ErrorLog listen() {
        var log = new ErrorLog();
        EVERYTHING.addHandler(log);
        return log;
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord line) {
        if (line.getThrown() != null || line.getLevel().intValue() >= Level.SEVERE.intValue()) {
            lines.add(line.getLoggerName() + ": " + line.getMessage() + " " + line.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        EVERYTHING.removeHandler(this);
    }
}
