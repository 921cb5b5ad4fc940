package io.switchboard.voice;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** All that the service under test logs, with parameters and causes. */
public final class LogText extends Handler implements AutoCloseable {
    private static final Logger EVERYTHING = Logger.getLogger("");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    private LogText() {}

    public static LogText listen() {
        var log = new LogText();
        EVERYTHING.addHandler(log);
        return log;
    }

    public String text() {
        return lines.toString();
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(line.getMessage() + " " + Arrays.toString(line.getParameters()) + " " + line.getThrown());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        EVERYTHING.removeHandler(this);
    }
}
