package io.switchboard.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.FileHandler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What {@code ./switchboard} runs: {@code up}, {@code demo}, {@code status}, {@code dev}, {@code down}. */
public final class Switchboard {
    private final Layout layout;
    private final Map<String, String> environment;
    private final Progress progress = new Progress(System.out);

    private Switchboard(Layout layout, Map<String, String> environment) {
        this.layout = layout;
        this.environment = environment;
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        try {
            Layout layout = layout(System.getenv());
            return new Switchboard(layout, System.getenv()).obey(List.of(arguments));
        } catch (Refusal refusal) {
            System.out.flush();
            System.err.println(refusal.getMessage());
            return 1;
        }
    }

    private int obey(List<String> arguments) {
        String command = arguments.isEmpty() ? "help" : arguments.get(0);
        List<String> flags = arguments.subList(Math.min(1, arguments.size()), arguments.size());
        return switch (command) {
            case "up" -> up(isForeground(flags));
            case "demo" -> demo();
            case "status" -> status();
            case "dev" -> dev(flags);
            case "down" -> down();
            default -> throw new Refusal("There is no command '" + command + "'. See ./switchboard help");
        };
    }

    private int up(boolean foreground) {
        logToFile();
        Suite suite = suite();
        Thread ending = stopWhenInterrupted(suite);
        boolean started = start(suite);
        progress.plain(new Welcome(layout, suite.ports()).text(started));
        if (foreground && started) {
            progress.plain("Ctrl-C stops what this run started.");
            return new Watch(suite, progress).untilEnd();
        }
        Runtime.getRuntime().removeShutdownHook(ending);
        progress.plain("It goes on until ./switchboard down");
        return 0;
    }

    private static Thread stopWhenInterrupted(Suite suite) {
        Thread ending = new Thread(suite::stopStartedHere, "stop-what-was-started");
        Runtime.getRuntime().addShutdownHook(ending);
        return ending;
    }

    /** What began is stopped here when the rest does not come. */
    private static boolean start(Suite suite) {
        try {
            return suite.up();
        } catch (RuntimeException failure) {
            boolean interrupted = suite.isStopping();
            suite.stopStartedHere();
            throw interrupted ? new Refusal("Interrupted: what this run had started is stopped.") : failure;
        }
    }

    private int demo() {
        logToFile();
        Suite suite = suite();
        Thread ending = stopWhenInterrupted(suite);
        start(suite);
        Runtime.getRuntime().removeShutdownHook(ending);
        new Demo(layout, suite.ports(), new DemoPrint(System.out)).play();
        progress.plain(
                "\nThe suite goes on until ./switchboard down.\n\n" + new Welcome(layout, suite.ports()).signIn());
        return 0;
    }

    private int status() {
        List<PartState> states = suite().status();
        states.forEach(System.out::println);
        return states.stream().allMatch(PartState::ready) ? 0 : 1;
    }

    /** Maven runs one service from its sources, with live reload, in place of the one that runs from its jar. */
    private int dev(List<String> arguments) {
        Service service = Service.named(arguments.isEmpty() ? "" : arguments.get(0));
        logToFile();
        Suite suite = suite();
        start(suite);
        suite.stop(service);
        return Command.runInForeground(
                List.of("./mvnw", "-pl", service.module(), "-am", "test-compile", "quarkus:dev"),
                layout.home(),
                suite.environment(service));
    }

    private int down() {
        progress.plain(suite().down() ? "Everything is stopped." : "Nothing was running.");
        return 0;
    }

    private Suite suite() {
        return Suite.of(layout, environment, progress);
    }

    private static boolean isForeground(List<String> flags) {
        boolean foreground = Boolean.getBoolean("switchboard.terminal");
        for (String flag : flags) {
            switch (flag) {
                case "--foreground" -> foreground = true;
                case "--detach" -> foreground = false;
                default -> throw new Refusal("up knows --foreground and --detach, not '" + flag + "'.");
            }
        }
        return foreground;
    }

    private static Layout layout(Map<String, String> environment) {
        Path home = Path.of(System.getProperty("switchboard.home", ".")).toAbsolutePath();
        String data = environment.getOrDefault("SWITCHBOARD_DATA_DIR", "");
        return new Layout(home, data.isBlank() ? home.resolve(".switchboard") : Path.of(data));
    }

    /** Keeps what libraries log off the screen. */
    private void logToFile() {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT %4$s %3$s %5$s%6$s%n");
        System.setProperty("liquibase.command.showSummary", "OFF");
        LogManager.getLogManager().reset();
        layout.create();
        Path log = layout.log("launcher");
        ServiceLog.begin(log);
        try {
            FileHandler handler = new FileHandler(log.toString(), true);
            handler.setFormatter(new SimpleFormatter());
            Logger.getLogger("").addHandler(handler);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
