package io.switchboard.bench;

/** Takes what a stretch of time costs in processor seconds, part by part. */
final class CpuMeter {
    private final OwnSuite suite;
    private Cpu before;
    private Cpu used;

    CpuMeter(OwnSuite suite) {
        this.suite = suite;
    }

    void begin() {
        before = Cpu.now(suite);
    }

    void end() {
        used = Cpu.now(suite).since(before);
    }

    Cpu used() {
        return used;
    }
}
