package io.switchboard.kit.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScenarioTest {
    @BeforeEach
    @AfterEach
    void clearProperties() {
        System.clearProperty("scenario.seed");
        System.clearProperty("scenario.seeds");
    }

    @Test
    void a_failing_step_prints_its_seed_and_the_steps_so_far() {
        var cause = new IllegalStateException("no such contact");
        var failure = assertThrows(
                AssertionError.class,
                () -> Scenario.run(17, run -> {
                    run.step("Ada creates a contact", () -> {});
                    run.step("Grace deletes it", () -> {
                        throw cause;
                    });
                }));
        assertEquals(
                "Seed 17 fails at step 2: no such contact\nRepeat it with -Dscenario.seed=17"
                        + "\n1. Ada creates a contact\n2. Grace deletes it",
                failure.getMessage());
        assertSame(cause, failure.getCause());
    }

    @Test
    void a_failing_seed_is_found_and_repeats_exactly() {
        var runs = new ArrayList<List<Integer>>();
        Consumer<Scenario> fails = run -> {
            var choices = new ArrayList<Integer>();
            runs.add(choices);
            for (int i = 0; i < 20; i++) {
                choices.add(run.below(1_000));
            }
            run.step("last", () -> assertTrue(choices.get(19) < 900, "too large"));
        };
        var found = assertThrows(AssertionError.class, () -> Scenario.run(fails));
        var first = runs.get(runs.size() - 1);
        System.setProperty("scenario.seed", Integer.toString(runs.size()));
        var again = assertThrows(AssertionError.class, () -> Scenario.run(fails));
        assertEquals(found.getMessage(), again.getMessage());
        assertEquals(first, runs.get(runs.size() - 1));
    }

    @Test
    void as_many_seeds_run_as_are_asked_for_each_with_choices_of_its_own() {
        var choices = new TreeSet<Integer>();
        var runs = new ArrayList<Integer>();
        Consumer<Scenario> scenario = run -> {
            runs.add(run.below(1_000_000));
            choices.add(runs.get(runs.size() - 1));
        };
        Scenario.run(scenario);
        assertEquals(200, runs.size());
        assertTrue(choices.size() > 190, "different seeds choose differently");
        System.setProperty("scenario.seeds", "3");
        Scenario.run(scenario);
        assertEquals(203, runs.size());
    }
}
