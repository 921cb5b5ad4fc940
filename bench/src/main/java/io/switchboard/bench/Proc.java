package io.switchboard.bench;

import io.switchboard.local.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what Linux tells of a process under {@code /proc}. */
public final class Proc {
    /** Of every Linux that runs here: {@code getconf CLK_TCK}. */
    private static final double TICKS_A_SECOND = 100;

    private Proc() {}

    public static void refuseElsewhere() {
        if (!Files.isReadable(Path.of("/proc/self/smaps_rollup"))) {
            throw new Refusal("bench/run reads processor time and memory from /proc, as Linux 4.14 and newer has it; "
                    + "this system has none. Run it on Linux.");
        }
    }

    /** Processor seconds of a process, and of its children that have ended. */
    static double cpuSeconds(long pid) {
        return cpuSeconds(read(pid, "stat"));
    }

    /** The same of a process that may end at any moment: then its parent has it. */
    static double cpuSecondsIfAlive(long pid) {
        try {
            return cpuSeconds(pid);
        } catch (Refusal gone) {
            return 0;
        }
    }

    /** Seconds between the boot and the start of a process. */
    static double startedAt(long pid) {
        return ticks(read(pid, "stat"), 22) / TICKS_A_SECOND;
    }

    /** Seconds since the boot. */
    static double now() {
        String uptime = read(Path.of("/proc/uptime"));
        return Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
    }

    /** Memory in MiB, what is shared with other processes counted in part. */
    static double pssMiB(long pid) {
        return pssMiB(read(pid, "smaps_rollup"));
    }

    static double cpuSeconds(String stat) {
        return (ticks(stat, 14) + ticks(stat, 15) + ticks(stat, 16) + ticks(stat, 17)) / TICKS_A_SECOND;
    }

    static double pssMiB(String smapsRollup) {
        return smapsRollup
                        .lines()
                        .filter(line -> line.startsWith("Pss:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                / 1024.0;
    }

    /** @param field as proc(5) counts, from 1; the second, the name, may hold anything */
    private static long ticks(String stat, int field) {
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(afterName[field - 3]);
    }

    private static String read(long pid, String file) {
        return read(Path.of("/proc", Long.toString(pid), file));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            throw new Refusal("A process ended while it was measured: " + gone.getMessage(), gone);
        }
    }
}
