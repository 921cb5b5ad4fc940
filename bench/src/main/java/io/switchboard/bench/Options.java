package io.switchboard.bench;

import io.switchboard.local.Refusal;
import java.util.List;
import java.util.Set;

/**
 * What {@code bench/run} was asked for.
 *
 * @param seconds that count, a path
 * @param warmUp seconds before them, a path
 * @param only the workloads to measure
 * @param contacts how many the database holds
 * @param tickets how many the database holds
 * @param calls how many the database holds
 * @param records how many the audit log holds
 */
record Options(
        int seconds, int warmUp, int connections, Set<String> only, int contacts, int tickets, int calls, int records) {
    static final int ORGANIZATIONS = 100;
    private static final Set<String> WORKLOADS =
            Set.of("w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8", "w9", "w10", "w11", "w12", "w13", "w15");

    static Options of(String... arguments) {
        Options options = new Options(20, 40, 32, WORKLOADS, 1_000_000, 1_000_000, 1_000_000, 1_000_000);
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new Refusal(arguments[i] + " wants a value. See bench/run --help");
            }
            options = options.with(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--seconds" ->
                new Options(number(name, value, 1), warmUp, connections, only, contacts, tickets, calls, records);
            case "--warm-up" ->
                new Options(seconds, number(name, value, 0), connections, only, contacts, tickets, calls, records);
            case "--connections" ->
                new Options(seconds, warmUp, number(name, value, 1), only, contacts, tickets, calls, records);
            case "--only" ->
                new Options(seconds, warmUp, connections, workloads(value), contacts, tickets, calls, records);
            case "--contacts" ->
                new Options(
                        seconds,
                        warmUp,
                        connections,
                        only,
                        number(name, value, ORGANIZATIONS),
                        tickets,
                        calls,
                        records);
            case "--tickets" ->
                new Options(
                        seconds,
                        warmUp,
                        connections,
                        only,
                        contacts,
                        number(name, value, ORGANIZATIONS),
                        calls,
                        records);
            case "--calls" ->
                new Options(
                        seconds,
                        warmUp,
                        connections,
                        only,
                        contacts,
                        tickets,
                        number(name, value, ORGANIZATIONS),
                        records);
            case "--records" ->
                new Options(
                        seconds,
                        warmUp,
                        connections,
                        only,
                        contacts,
                        tickets,
                        calls,
                        number(name, value, ORGANIZATIONS));
            default -> throw new Refusal("There is no option " + name + ". See bench/run --help");
        };
    }

    private static int number(String name, String value, int least) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // answered below
        }
        throw new Refusal(name + " wants a whole number, " + least + " or more, not '" + value + "'.");
    }

    private static Set<String> workloads(String value) {
        Set<String> asked = Set.copyOf(List.of(value.split(",")));
        if (!WORKLOADS.containsAll(asked)) {
            throw new Refusal("--only knows w1 to w13 and w15, not '" + value + "'.");
        }
        return asked;
    }
}
