package io.switchboard.crm.embedding;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.search.Embedder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How well questions in other words than the articles' are answered, with the model in this process. Written down in
 * target/search-quality.txt, which bench/search prints.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SearchQualityTest {
    private static final Pattern WORD = Pattern.compile("[a-z0-9]{4,}");
    private static final int FIRST = 5;

    private final JsonObject knowledge = knowledge();
    private final List<String> unanswerable = texts(knowledge.getJsonArray("unanswerable"));
    private final List<String> close =
            texts(knowledge.getJsonArray("close")); // no answer, but the subject of an article
    private final Caller agent = Caller.agentOfNewOrg();
    private final Map<String, String> questions = new LinkedHashMap<>(); // by the title of the article that answers

    private record Result(
            double recall,
            double first,
            double silent,
            double silentIfClose,
            List<String> missed,
            List<String> spoken) {}

    @Test
    void questions_in_other_words_are_answered_and_others_are_not() throws IOException {
        articles().forEach(this::publish);
        await().atMost(Duration.ofMinutes(2)).until(() -> notEmbedded() == 0);
        var both = ask();
        QuarkusMock.installMockForType(new FakeEmbedder("none").away(), Embedder.class);
        var words = ask();

        var report = report(both, words);
        Files.writeString(Path.of("target", "search-quality.txt"), report);
        assertTrue(both.recall() >= 0.9, report);
        assertTrue(both.recall() >= words.recall() + 0.15, report);
        assertTrue(both.silent() >= 0.8, report);
    }

    @Test
    void questions_share_no_rare_words_with_their_articles() {
        var articles = articles().stream().collect(Collectors.toMap(a -> a.getString("title"), a -> stems(text(a))));
        assertTrue(articles.size() >= 40 && unanswerable.size() >= 20);
        articles().forEach(this::addQuestions);
        assertTrue(questions.size() >= 60);
        var shared = new TreeSet<String>();
        questions.forEach((question, title) -> stems(question).stream()
                .filter(articles.get(title)::contains)
                .filter(word -> articles.values().stream()
                                        .filter(words -> words.contains(word))
                                        .count()
                                * 12
                        <= articles.size())
                .forEach(word -> shared.add(word + ": " + question)));
        assertEquals(Set.of(), shared);
    }

    private Result ask() {
        var missed = new ArrayList<String>();
        int first = 0;
        for (var question : questions.entrySet()) {
            var titles = search(question.getKey());
            if (!titles.contains(question.getValue())) {
                missed.add(question.getKey() + " -> " + titles);
            } else if (titles.get(0).equals(question.getValue())) {
                first++;
            }
        }
        var spoken = spoken(unanswerable);
        return new Result(
                1 - (double) missed.size() / questions.size(),
                (double) first / questions.size(),
                1 - (double) spoken.size() / unanswerable.size(),
                1 - (double) spoken(close).size() / close.size(),
                missed,
                spoken);
    }

    private List<String> spoken(List<String> questions) {
        var spoken = new ArrayList<String>();
        for (var question : questions) {
            var titles = search(question);
            if (!titles.isEmpty()) {
                spoken.add(question + " -> " + titles);
            }
        }
        return spoken;
    }

    private List<String> search(String question) {
        return agent.request()
                .queryParam("q", question)
                .queryParam("limit", FIRST)
                .get("/api/kb/search")
                .then()
                .statusCode(200)
                .extract()
                .path("items.title");
    }

    private void publish(JsonObject article) {
        addQuestions(article);
        var form = Map.of("title", article.getString("title"), "content", article.getString("content"));
        String id = agent.post("/api/kb/articles", form)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        agent.post("/api/kb/articles/" + id + "/publish", Map.of()).then().statusCode(200);
    }

    private void addQuestions(JsonObject article) {
        texts(article.getJsonArray("questions"))
                .forEach(question -> questions.put(question, article.getString("title")));
    }

    private long notEmbedded() {
        return articles().size()
                - Sql.superuser()
                        .number("select count(distinct article_id) from kb_chunks where org_id = '" + agent.orgId()
                                + "' and model = '" + MiniLmEmbedder.MODEL.name() + "'");
    }

    private String report(Result both, Result words) {
        return Stream.of(
                        Stream.of(
                                articles().size() + " articles, " + questions.size() + " questions that they answer, "
                                        + unanswerable.size() + " that they do not, " + close.size()
                                        + " more of their subjects",
                                "",
                                "                          words and meaning   words alone",
                                line("answer among the first 5", both.recall(), words.recall()),
                                line("answer is the first", both.first(), words.first()),
                                line("nothing where none fits", both.silent(), words.silent()),
                                line("the same, close subject", both.silentIfClose(), words.silentIfClose()),
                                "",
                                "Not among the first 5:"),
                        both.missed().stream(),
                        Stream.of("", "Found although nothing fits:"),
                        both.spoken().stream())
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(String what, double both, double words) {
        return String.format(Locale.ROOT, "%-26s%17.3f%14.3f", what, both, words);
    }

    private List<JsonObject> articles() {
        var articles = knowledge.getJsonArray("articles");
        return articles.stream().map(JsonObject.class::cast).toList();
    }

    private static String text(JsonObject article) {
        return article.getString("title") + " " + article.getString("content");
    }

    private static Set<String> stems(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(word -> word.group().replaceFirst("(ing|ies|ed|es|ly|s|e|y)$", ""))
                .collect(Collectors.toSet());
    }

    private static List<String> texts(JsonArray array) {
        return array.stream().map(String.class::cast).toList();
    }

    private static JsonObject knowledge() {
        try (var file = SearchQualityTest.class.getResourceAsStream("/search/knowledge.json")) {
            return new JsonObject(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
