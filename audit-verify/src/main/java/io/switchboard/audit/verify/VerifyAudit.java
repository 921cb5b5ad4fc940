package io.switchboard.audit.verify;

import com.fasterxml.jackson.core.JacksonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What {@code ./switchboard verify-audit} runs: exits with 0 if all is valid, 1 if the log is broken, 2 if that cannot be told. */
public final class VerifyAudit {
    private static final String USAGE = "verify-audit FILE [--checkpoints DIR] [--key FILE]";
    private static final int VALID = 0;
    private static final int BROKEN = 1;
    private static final int UNUSABLE = 2;

    private VerifyAudit() {}

    public static void main(String[] arguments) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(arguments, out, err));
    }

    /** Answers the exit status. */
    public static int run(String[] arguments, PrintStream out, PrintStream err) {
        try {
            var verification = parse(arguments);
            var result = verification.run();
            result.lines().forEach(out::println);
            if (verification.key() == null) {
                out.println(
                        "The keys were those that the file names: only --key tells whether they are the right ones.");
            }
            return result.finding() == null ? VALID : BROKEN;
        } catch (EOFException e) {
            return unusable(err, "the file is cut short");
        } catch (OutOfMemoryError e) {
            return unusable(err, "it needs more memory than any honest file");
        } catch (IOException | RuntimeException e) {
            return unusable(err, words(e));
        }
    }

    private static int unusable(PrintStream err, String flaw) {
        err.println("unusable: " + flaw);
        return UNUSABLE;
    }

    private static String words(Exception e) {
        var message = e.getMessage();
        if (e instanceof JacksonException json) { // its own message has several lines
            var at = json.getLocation();
            message = (at == null ? "" : "line " + at.getLineNr() + ": ") + json.getOriginalMessage();
        }
        return Printable.of(message == null ? e.getClass().getSimpleName() : message);
    }

    private static Verification parse(String[] arguments) {
        Path file = null;
        Path checkpoints = null;
        Path key = null;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--checkpoints" -> checkpoints = option(checkpoints, arguments, ++i);
                case "--key" -> key = option(key, arguments, ++i);
                default -> file = option(file, arguments, i);
            }
        }
        if (file == null) {
            throw new Unusable("say which file: " + USAGE);
        }
        return new Verification(file, checkpoints, key);
    }

    private static Path option(@Nullable Path given, String[] arguments, int index) {
        if (given != null || index >= arguments.length || arguments[index].startsWith("--")) {
            throw new Unusable("the arguments are " + USAGE);
        }
        try {
            return Path.of(arguments[index]);
        } catch (InvalidPathException e) {
            throw new Unusable("a path cannot be read: " + USAGE, e);
        }
    }
}
