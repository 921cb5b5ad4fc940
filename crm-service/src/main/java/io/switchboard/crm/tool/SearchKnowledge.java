package io.switchboard.crm.tool;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.knowledge.ArticleHit;
import io.switchboard.crm.knowledge.ArticleSearch;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.text.CleanText;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what the knowledge base knows about a question. */
@ApplicationScoped
class SearchKnowledge implements Tool {
    private static final int ARTICLES = 3;
    private static final int LONGEST_LINE = 400;

    private final ArticleSearch articles;

    SearchKnowledge(ArticleSearch articles) {
        this.articles = articles;
    }

    @Override
    public String name() {
        return "search_knowledge";
    }

    @Override
    public Uni<Work> prepare(CallerContext caller, ToolArguments arguments) {
        var query = arguments.text("query", ArticleSearch.LONGEST, "I need the question to look up.");
        return articles.search(caller, query, ARTICLES)
                .map(hits -> statements -> Uni.createFrom().item(result(hits)));
    }

    private static ToolResult result(List<ArticleHit> hits) {
        var data = new LinkedHashMap<String, Object>();
        data.put("found", !hits.isEmpty());
        data.put("articles", hits.stream().map(SearchKnowledge::data).toList());
        return new ToolResult(hits.isEmpty() ? "I found nothing about that." : line(hits.get(0)), data, null);
    }

    private static String line(ArticleHit best) {
        var line = CleanText.line(best.title()) + ": " + CleanText.line(best.passage());
        return line.length() <= LONGEST_LINE ? line : CleanText.cut(line, LONGEST_LINE - 1) + "…";
    }

    private static Map<String, Object> data(ArticleHit hit) {
        var data = new LinkedHashMap<String, Object>();
        data.put("articleId", hit.id());
        data.put("title", hit.title());
        data.put("passage", hit.passage());
        return data;
    }
}
