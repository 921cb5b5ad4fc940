package io.switchboard.bench;

import io.switchboard.local.Service;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** All that a run has found, as Markdown. */
record BenchReport(
        Options options, String postgresVersion, Starts starts, Memory idle, Memory loaded, Results results) {

    String text() {
        List<String> parts = new ArrayList<>();
        parts.add(circumstances());
        if (!results.paths().isEmpty()) {
            parts.add(paths());
            parts.add(notes());
            parts.add("Where the processor time goes, in seconds per 1,000 requests:\n\n" + costs());
        }
        if (!results.figures().isEmpty()) {
            parts.add("Other figures:\n\n" + figures());
        }
        parts.add("Start and memory:\n\n" + starting());
        return String.join("\n", parts);
    }

    boolean failed() {
        return results.paths().stream()
                .anyMatch(one ->
                        one.limit().load().failed() || one.service().load().failed());
    }

    private String circumstances() {
        return "Measured on %s with `bench/run`: %d processor cores for services, PostgreSQL and load tool together; Linux, JDK %s, PostgreSQL %s with fsync and synchronous_commit on; %d connections; %d s after a warm-up of %d s.\n"
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.version"),
                        postgresVersion,
                        options.connections(),
                        options.seconds(),
                        options.warmUp());
    }

    private String paths() {
        Table table = new Table(
                2, "workload", "way", "requests/s", "p50 ms", "p99 ms", "CPU s per 1,000", "of the limit", "floor");
        for (Measured one : results.paths()) {
            table.row(path(one.title(), one.limit(), "1.00", ""));
            table.row(path("", one.service(), number("%.2f", one.ratio()), floor(one)));
        }
        return table.text();
    }

    private static String floor(Measured one) {
        return one.floor() == 0 ? "" : number("≥ %.2f", one.floor()) + (one.missesFloor() ? " missed" : "");
    }

    private String figures() {
        Table table = new Table(1, "figure", "measured", "bound");
        for (Figure one : results.figures()) {
            table.row(one.what(), one.text(), one.bound() + (one.isMissed() ? " missed" : ""));
        }
        return table.text();
    }

    private static String[] path(String title, Measured.Way way, String ratio, String floor) {
        Load load = way.load();
        return new String[] {
            title,
            way.name(),
            number("%,.0f", load.perSecond()),
            number("%.2f", load.millis(50)),
            number("%.2f", load.millis(99)),
            number("%.3f", way.cpuPerThousand()),
            ratio,
            floor
        };
    }

    private String notes() {
        List<String> notes = new ArrayList<>(List.of("The limit is pgbench with the same transaction as the same role: "
                + "prepared, one round trip each. CPU counts services and PostgreSQL, not the load tool."));
        for (Measured one : results.paths()) {
            one.notes().forEach(note -> notes.add(one.title().split(" ")[0] + ": " + note));
            for (Measured.Way way : List.of(one.limit(), one.service())) {
                if (way.load().failed()) {
                    notes.add("**NOT A CLEAN RUN** " + one.title() + ", " + way.name() + ": "
                            + way.load().troubles() + ".");
                }
            }
        }
        return notes.stream().map(note -> "- " + note).collect(Collectors.joining("\n", "", "\n"));
    }

    private String costs() {
        Table table = new Table(2, "workload", "way", "auth", "crm", "voice", "audit", "PostgreSQL", "(load tool)");
        for (Measured one : results.paths()) {
            table.row(cost(one.title(), one.limit()));
            table.row(cost("", one.service()));
        }
        return table.text();
    }

    private static String[] cost(String title, Measured.Way way) {
        List<String> cells = new ArrayList<>(List.of(title, way.name()));
        for (Service service : Service.values()) {
            cells.add(number("%.3f", way.perThousand(way.cpu().services().get(service))));
        }
        cells.add(number("%.3f", way.perThousand(way.cpu().postgres())));
        cells.add(number("%.3f", way.perThousand(way.cpu().tool())));
        return cells.toArray(String[]::new);
    }

    private String starting() {
        Table table = new Table(1, "service", "ready after s", "idle MiB", "after the load MiB");
        for (Service service : Service.values()) {
            table.row(
                    service.module(),
                    number("%.2f", starts.alone().get(service)),
                    number("%.0f", idle.of(service)),
                    number("%.0f", loaded.of(service)));
        }
        table.row(
                "all four at once",
                number("%.2f", starts.together()),
                number("%.0f", idle.together()),
                number("%.0f", loaded.together()));
        return table.text();
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
