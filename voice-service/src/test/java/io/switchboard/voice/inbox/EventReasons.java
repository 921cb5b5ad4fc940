package io.switchboard.voice.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reasons that the code gives for failed events, read from its source: {@code error} of an event is one of them. */
public final class EventReasons {
    private static final Path JAVA = Path.of("src/main/java/io/switchboard/voice");
    private static final Path SQL = Path.of("src/main/resources/db/queue/functions.sql");
    // Possessive, as the others: a long text would take a stack frame a character.
    private static final String TEXT = "\"(?:[^\"\\\\]|\\\\.)*+\"";

    private static final Pattern GIVEN =
            Pattern.compile("(new Untranslatable|new PermanentFailure|new EventFault|\\bmalformed|\\bpassOver)\\(");
    private static final Pattern ARGUMENT =
            Pattern.compile("(?:" + TEXT + "|\\((?:[^()\"]|" + TEXT + "|\\([^()]*\\))*+\\)|[^,()\"])++");
    private static final Pattern PIECE = Pattern.compile(TEXT + "|(?:[^+\"(]|\\([^)]*\\))++");
    private static final Pattern CONSTANT =
            Pattern.compile("static final String ([A-Z_]+) =\\s*(" + TEXT + "(?:\\s*\\+\\s*" + TEXT + ")*);");
    private static final Pattern IN_SQL = Pattern.compile("error = ('.*),\\n");

    /** They pass on what one of the others has given. */
    private static final Set<String> PASSED_ON = Set.of("flaw", "reason", "failure.getMessage()", "e.getMessage()");

    private EventReasons() {}

    /** With {@code #} for what is put in: a number, or the name of a service. */
    public static Collection<String> all() {
        var constants = new TreeMap<String, String>();
        var sources = sources();
        sources.forEach(source -> CONSTANT.matcher(source)
                .results()
                .forEach(found -> constants.put(found.group(1), joined(found.group(2)))));
        return Stream.concat(
                        sources.stream().flatMap(source -> given(source, constants)),
                        IN_SQL.matcher(read(SQL)).results().flatMap(found -> inSql(found.group(1))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those of all that are not in the code. */
    public static List<String> strangersAmong(Collection<String> reasons) {
        var known = all().stream()
                .map(text ->
                        Stream.of(text.split("#", -1)).map(Pattern::quote).collect(Collectors.joining("[a-z0-9-]+")))
                .map(Pattern::compile)
                .toList();
        return reasons.stream()
                .filter(reason ->
                        known.stream().noneMatch(one -> one.matcher(reason).matches()))
                .toList();
    }

    private static Stream<String> given(String source, Map<String, String> constants) {
        return GIVEN.matcher(source)
                .results()
                .map(found -> argument(found.group(1), source.substring(found.end())))
                .filter(given -> !given.startsWith("String ") && !PASSED_ON.contains(given) && !given.isEmpty())
                .flatMap(given -> given.contains(" ? ") ? either(given) : Stream.of(given))
                .map(given -> given.contains("\"")
                        ? joined(given)
                        : constants.getOrDefault(given.replaceFirst(".*\\.", ""), given));
    }

    /** The one that is the reason: an exception's first, a method's second. */
    private static String argument(String of, String code) {
        var all = new ArrayList<String>();
        var matcher = ARGUMENT.matcher(code);
        for (int at = 0; matcher.find(at) && matcher.start() == at; at = matcher.end() + 1) {
            all.add(matcher.group().strip());
            if (matcher.end() == code.length() || code.charAt(matcher.end()) != ',') {
                break;
            }
        }
        int index = of.startsWith("new ") ? 0 : 1;
        return index < all.size() ? all.get(index) : "";
    }

    /** Both texts of a condition. */
    private static Stream<String> either(String expression) {
        return Pattern.compile(TEXT).matcher(expression).results().map(MatchResult::group);
    }

    private static String joined(String expression) {
        return PIECE.matcher(expression)
                .results()
                .map(piece -> piece.group().strip())
                .filter(piece -> !piece.isEmpty())
                .map(piece -> piece.startsWith("\"") ? piece.substring(1, piece.length() - 1) : "#")
                .collect(Collectors.joining());
    }

    /** 'a ' || case when … then 'b ' else '' end || 'c.' is two of them. */
    private static Stream<String> inSql(String expression) {
        var texts = Pattern.compile("'([^']*)'")
                .matcher(expression)
                .results()
                .map(text -> text.group(1))
                .toList();
        return Stream.of(texts.get(0) + texts.get(1) + texts.get(3), texts.get(0) + texts.get(3));
    }

    private static List<String> sources() {
        try (var files = Files.walk(JAVA)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(EventReasons::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
