package io.switchboard.bench.attack;

import io.switchboard.bench.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Watches how much memory a process holds, and whether it lives. */
final class Peak implements AutoCloseable {
    private final long pid;
    private final Thread watch = new Thread(this::watch, "peak-memory");
    private volatile boolean ended;
    private volatile long mebibytes;

    private Peak(long pid) {
        this.pid = pid;
    }

    static Peak of(long pid) {
        var peak = new Peak(pid);
        peak.watch.start();
        return peak;
    }

    private void watch() {
        while (!ended) {
            mebibytes = Math.max(mebibytes, resident());
            Pause.millis(50);
        }
    }

    private long resident() {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024;
        } catch (IOException ended) {
            return 0;
        }
    }

    long mebibytes() {
        return mebibytes;
    }

    boolean isAlive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Override
    public void close() {
        ended = true;
        Pause.until(watch);
    }
}
