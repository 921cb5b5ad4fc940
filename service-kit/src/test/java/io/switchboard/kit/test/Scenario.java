package io.switchboard.kit.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Random steps against the service under test, each run from its own seed. All choices come from the seed, so a run can be
 * repeated: {@code -Dscenario.seed=17} runs that one alone, {@code -Dscenario.seeds=2000} runs more than the usual 200. A run
 * that fails names its seed and the steps so far.
 */
public final class Scenario {
    private static final int USUAL_SEEDS = 200;

    private final Random random;
    private final List<String> steps = new ArrayList<>();

    private Scenario(long seed) {
        random = new Random(seed);
    }

    /** Runs the scenario for every seed. */
    public static void run(Consumer<Scenario> scenario) {
        var only = Long.getLong("scenario.seed");
        if (only != null) {
            run(only, scenario);
            return;
        }
        IntStream.rangeClosed(1, Integer.getInteger("scenario.seeds", USUAL_SEEDS))
                .forEach(seed -> run(seed, scenario));
    }

    static void run(long seed, Consumer<Scenario> scenario) {
        var run = new Scenario(seed);
        try {
            scenario.accept(run);
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError(run.report(seed, failure), failure);
        }
    }

    /** Takes a step after it has been noted in words: who does what with which values. */
    public void step(String words, Runnable work) {
        steps.add(words);
        work.run();
    }

    /** From 0 to below the bound. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    public boolean chance(int percent) {
        return below(100) < percent;
    }

    public <T> T oneOf(List<T> things) {
        return things.get(below(things.size()));
    }

    private String report(long seed, Throwable failure) {
        var report = new StringBuilder("Seed " + seed + " fails at step " + steps.size() + ": " + failure.getMessage()
                + "\nRepeat it with -Dscenario.seed=" + seed);
        for (int i = 0; i < steps.size(); i++) {
            report.append('\n').append(i + 1).append(". ").append(steps.get(i));
        }
        return report.toString();
    }
}
