package io.switchboard.kit.access;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every operation of the suite and who may call it, from {@code access.txt}. A path that is not listed is refused. */
public final class AccessTable {
    private static final Set<String> FLAGS = Set.of("people", "stream");

    private final List<Operation> operations;
    private final Map<String, List<PathPattern>> byMethod;

    private AccessTable(List<Operation> operations) {
        this.operations = operations;
        this.byMethod = operations.stream()
                .map(PathPattern::of)
                .collect(Collectors.groupingBy(pattern -> pattern.operation().method()));
    }

    public static AccessTable of(String service) {
        return new AccessTable(
                all().filter(operation -> operation.service().equals(service)).toList());
    }

    static AccessTable of(Stream<String> lines) {
        return new AccessTable(lines.map(AccessTable::operation).toList());
    }

    /** From every {@code access.txt} on the class path: the tests of a service may add operations of their own. */
    public static Stream<Operation> all() {
        try {
            return Collections.list(AccessTable.class.getClassLoader().getResources("access.txt")).stream()
                    .flatMap(AccessTable::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Operation> read(URL file) {
        try (var lines = new BufferedReader(new InputStreamReader(file.openStream(), StandardCharsets.UTF_8))) {
            return lines
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(AccessTable::operation)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Operation> list() {
        return operations;
    }

    Optional<Operation> find(String method, String path) {
        var segments = path.split("/", -1);
        var asked = method.equals("HEAD") ? "GET" : method;
        // A literal segment is more particular than a parameter: the file lists it first.
        for (var pattern : byMethod.getOrDefault(asked, List.of())) {
            if (pattern.matches(segments)) {
                return Optional.of(pattern.operation());
            }
        }
        return Optional.empty();
    }

    /** The methods that the path has; empty if it is not listed. */
    Set<String> methods(String path) {
        var segments = path.split("/", -1);
        return byMethod.values().stream()
                .flatMap(List::stream)
                .filter(pattern -> pattern.matches(segments))
                .map(pattern -> pattern.operation().method())
                .flatMap(method -> method.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(method))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Operation operation(String line) {
        var parts = line.trim().split("\\s+");
        var flags = Arrays.asList(parts).subList(Math.min(4, parts.length), parts.length);
        var body = flags.stream().filter(flag -> flag.startsWith("body=")).toList();
        if (parts.length < 4 || body.size() > 1 || !FLAGS.containsAll(without(flags, body))) {
            throw new IllegalStateException(
                    "access.txt: write 'service method path who [people] [stream] [body=TYPES:SIZE]', not: " + line);
        }
        return new Operation(
                parts[0],
                parts[1],
                parts[2],
                parts[3].equals("public"),
                who(parts[3], ""),
                who(parts[3], "service:"),
                who(parts[3], "suite:"),
                flags.contains("people"),
                flags.contains("stream"),
                body.isEmpty() ? BodyRule.JSON : BodyRule.of(body.get(0).substring("body=".length())));
    }

    private static List<String> without(List<String> flags, List<String> some) {
        return flags.stream().filter(flag -> !some.contains(flag)).toList();
    }

    private static Set<String> who(String column, String prefix) {
        return Arrays.stream(column.split(","))
                .filter(name ->
                        prefix.isEmpty() ? !name.contains(":") && !name.equals("public") : name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
