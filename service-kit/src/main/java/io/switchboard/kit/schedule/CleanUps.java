package io.switchboard.kit.schedule;

import java.util.List;

/** The clean-ups of a service: one bean in every service that has some. */
public interface CleanUps {

    /**
     * Names of SECURITY DEFINER functions without arguments. Each handles at most 1,000 expired rows, found by an index, and
     * answers how many; it runs until it answers 0. Every replica runs it, so it must lock what it takes.
     */
    List<String> functions();
}
