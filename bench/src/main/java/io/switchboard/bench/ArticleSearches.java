package io.switchboard.bench;

import io.switchboard.local.Refusal;
import io.switchboard.local.Service;
import java.util.List;
import java.util.Map;

/** W10: searches of a knowledge base by words and by meaning, beside the search by words alone; and what the model takes. */
final class ArticleSearches {
    private static final double FLOOR = 0.25;
    /** A text's vector is computed on one core, so that more at once would measure how long they wait for each other. */
    private static final int AT_ONCE = 2;

    private static final double MOST_MILLIS_HALF = 30;
    private static final double MOST_MILLIS = 100;
    private static final double MOST_MIB = 320;
    private static final double MOST_MIB_WITH_MODEL = 430;
    private static final int MOST_SECONDS = 120;

    private final Comparison comparison;
    private final OwnSuite suite;
    private final Tenants tenants;

    ArticleSearches(Comparison comparison, Tenants tenants) {
        this.comparison = comparison;
        this.suite = comparison.suite();
        this.tenants = tenants;
    }

    void measure(Results results) {
        double without = Proc.pssMiB(suite.pid(Service.CRM));
        Say.line("W10 publishing an article, so that the model is loaded");
        publish();
        Say.line("Writing " + ArticleRows.ARTICLES + " articles");
        ArticleRows.load(suite, tenant());
        var requests = new TenantRequests(
                tenants,
                (any, number, random) -> HttpText.get(
                        url("search?limit=10&q=" + word(random.nextInt(words())) + "+" + word(random.nextInt(words()))),
                        tenant().accessToken()));
        results.paths()
                .add(comparison.measure(
                        "W10 search by words and meaning",
                        FLOOR,
                        requests,
                        byWords(),
                        "the limit searches by words alone."));
        Load few = comparison.through(
                "W10 the same, %d at once".formatted(AT_ONCE), AT_ONCE, requests, new CpuMeter(suite));
        results.figures()
                .addAll(List.of(
                        took(few, 50, MOST_MILLIS_HALF),
                        took(few, 99, MOST_MILLIS),
                        Figure.atMost(
                                MOST_MIB, "W10 crm-service after the loads without the model", without, "%.0f MiB"),
                        Figure.atMost(
                                MOST_MIB_WITH_MODEL,
                                "W10 crm-service after the loads with the model",
                                Proc.pssMiB(suite.pid(Service.CRM)),
                                "%.0f MiB")));
    }

    private static Figure took(Load load, int percent, double most) {
        return Figure.atMost(
                most,
                "W10 search by words and meaning, %d at once, p%d".formatted(AT_ONCE, percent),
                load.failed() ? Double.NaN : load.millis(percent),
                "%.0f ms");
    }

    private void publish() {
        String id = Api.post(
                        url("articles"),
                        tenant().accessToken(),
                        Map.of("title", "Opening hours", "content", "We are open from nine to five."))
                .path("id")
                .asText();
        Api.post(url("articles/" + id + "/publish"), tenant().accessToken(), Map.of());
        for (int left = MOST_SECONDS; left > 0; left--) {
            if (suite.number("select count(*) from crm.kb_chunks where vector is not null") > 0) {
                return;
            }
            Pause.seconds(1);
        }
        throw new Refusal("An article was not embedded within " + MOST_SECONDS + " s.");
    }

    private Pgbench.Work byWords() {
        String two = "\\set n random(1, %1$d)\n\\set m random(1, %1$d)".formatted(words());
        String statement = Script.of("search-articles.sql", Map.of("words", String.join(" ", ArticleRows.WORDS)));
        return TenantScripts.work(tenants.now().subList(0, 1), number -> TenantScripts.read(number, two, statement));
    }

    private Tenants.Tenant tenant() {
        return tenants.now().get(0);
    }

    private String url(String path) {
        return suite.url(Service.CRM) + "/api/kb/" + path;
    }

    private static int words() {
        return ArticleRows.WORDS.size();
    }

    private static String word(int number) {
        return ArticleRows.WORDS.get(number);
    }
}
