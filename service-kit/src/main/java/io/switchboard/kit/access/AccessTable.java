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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every operation of the suite and who may call it, from {@code access.txt}; what is not in it is not reachable. */
public final class AccessTable {
    private final List<Operation> operations;

    private AccessTable(List<Operation> operations) {
        this.operations = operations;
    }

    public static AccessTable of(String service) {
        return new AccessTable(
                all().filter(operation -> operation.service().equals(service)).toList());
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

    Optional<Operation> find(String method, String path) {
        var segments = path.split("/", -1);
        var asked = method.equals("HEAD") ? "GET" : method;
        // A literal segment is more particular than a parameter: the file lists it first.
        return operations.stream()
                .filter(operation -> operation.method().equals(asked) && operation.matches(segments))
                .findFirst();
    }

    /** Which methods there are for the path; none where it leads nowhere. */
    Set<String> methods(String path) {
        var segments = path.split("/", -1);
        return operations.stream()
                .filter(operation -> operation.matches(segments))
                .map(Operation::method)
                .flatMap(method -> method.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(method))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Operation operation(String line) {
        var parts = line.trim().split("\\s+");
        var peopleOnly = parts.length == 5 && parts[4].equals("people");
        if (parts.length != 4 && !peopleOnly) {
            throw new IllegalStateException("access.txt: not 'service method path who [people]': " + line);
        }
        return new Operation(
                parts[0],
                parts[1],
                parts[2],
                parts[3].equals("public"),
                who(parts[3], ""),
                who(parts[3], "service:"),
                who(parts[3], "suite:"),
                peopleOnly);
    }

    private static Set<String> who(String column, String prefix) {
        return Arrays.stream(column.split(","))
                .filter(name ->
                        prefix.isEmpty() ? !name.contains(":") && !name.equals("public") : name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
