package io.switchboard.crm.knowledge;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.embedding.MeaningHit;
import io.switchboard.crm.embedding.MeaningSearch;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.search.Excerpts;
import io.switchboard.search.RankFusion;
import io.switchboard.search.RankFusion.Ranked;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the published articles that answer a question, by its words and by its meaning. */
@ApplicationScoped
public class ArticleSearch {
    /** The longest question, in characters. */
    public static final int LONGEST = 500;

    /** What each half gives to the fusion. */
    private static final int CANDIDATES = 50;

    /** Quotes, and a minus before a word: they say which words must be there, or must not, whatever the meaning. */
    private static final Pattern OPERATORS = Pattern.compile("\"|(?:^|\\s)-\\S");

    private static final String BY_WORDS = "select article_id from search_articles($1, $2)";
    /** A chunk may be older than what readers see now: then what it says is not in the article, which shows its beginning instead. */
    private static final String SHOW = "select v.article_id, v.title, v.category_id, case when f.passage is null"
            + " or strpos(regexp_replace(v.content, '[ \\t\\n\\v\\f\\r]+', ' ', 'g'), f.passage) = 0 then ts_headline(l.config,"
            + " translate(v.content, $5, ''), websearch_to_tsquery(l.config, $4), $6) end as headline"
            + " from unnest($2::uuid[], $3::text[]) f (id, passage)"
            + " join kb_versions v on v.org_id = $1 and v.article_id = f.id and v.is_current"
            + " cross join lateral (select ('pg_catalog.' || v.language)::regconfig as config) l";

    private static final String MARKS = Excerpts.START + Excerpts.STOP;
    private static final String OPTIONS =
            "StartSel=" + Excerpts.START + ", StopSel=" + Excerpts.STOP + ", MaxWords=50, MinWords=25";

    private final TenantSql sql;
    private final MeaningSearch meaning;

    ArticleSearch(TenantSql sql, MeaningSearch meaning) {
        this.sql = sql;
        this.meaning = meaning;
    }

    /** What both halves found. @param passages of articles that were found by meaning alone */
    private record Found(List<UUID> byWords, List<MeaningHit> byMeaning, Map<UUID, String> passages) {
        List<Ranked<UUID>> merged(int limit) {
            var near = byMeaning.stream().map(MeaningHit::articleId).toList();
            return RankFusion.merge(List.of(byWords, near), limit);
        }

        /** The nearest chunks of articles that show no word of the question. */
        List<UUID> chunks(int limit) {
            var shown = merged(limit).stream().map(Ranked::item).collect(Collectors.toSet());
            return byMeaning.stream()
                    .filter(hit -> shown.contains(hit.articleId()) && !byWords.contains(hit.articleId()))
                    .map(MeaningHit::chunkId)
                    .toList();
        }

        /** By the article's id. */
        Found with(Map<UUID, String> textOfChunks) {
            return new Found(
                    byWords,
                    byMeaning,
                    byMeaning.stream()
                            .filter(hit -> textOfChunks.containsKey(hit.chunkId()))
                            .collect(Collectors.toMap(MeaningHit::articleId, hit -> textOfChunks.get(hit.chunkId()))));
        }
    }

    /** Best first; none where nothing fits. Not inside a transaction. */
    public Uni<List<ArticleHit>> search(CallerContext caller, String question, int limit) {
        return Uni.combine()
                .all()
                .unis(byWords(caller, question), byMeaning(caller, question))
                .with((words, near) -> new Found(words, near, Map.of()))
                .chain(found -> meaning.passages(caller, found.chunks(limit)).map(found::with))
                .chain(found -> show(caller, question, found, found.merged(limit)));
    }

    private Uni<List<UUID>> byWords(CallerContext caller, String question) {
        return sql.list(caller, BY_WORDS, Tuple.of(question, CANDIDATES), row -> row.getUUID("article_id"));
    }

    private Uni<List<MeaningHit>> byMeaning(CallerContext caller, String question) {
        return OPERATORS.matcher(question).find()
                ? Uni.createFrom().item(List.of())
                : meaning.nearest(caller, question, CANDIDATES);
    }

    /** Without those that were taken from readers meanwhile. */
    private Uni<List<ArticleHit>> show(CallerContext caller, String question, Found found, List<Ranked<UUID>> ranked) {
        if (ranked.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var scores = ranked.stream().collect(Collectors.toMap(Ranked::item, Ranked::score));
        var ids = ranked.stream().map(Ranked::item).toArray(UUID[]::new);
        var passages =
                ranked.stream().map(one -> found.passages().get(one.item())).toArray(String[]::new);
        var args = Tuple.of(caller.orgId(), ids, passages, question, MARKS, OPTIONS);
        return sql.list(caller, SHOW, args, row -> hit(row, question, found, scores))
                .map(hits -> hits.stream().collect(Collectors.toMap(ArticleHit::id, Function.identity())))
                .map(hits -> ranked.stream()
                        .map(one -> hits.get(one.item()))
                        .filter(Objects::nonNull)
                        .toList());
    }

    private static ArticleHit hit(Row row, String question, Found found, Map<UUID, Double> scores) {
        var id = row.getUUID("article_id");
        var headline = row.getString("headline");
        return new ArticleHit(
                id,
                row.getString("title"),
                headline == null ? Excerpts.headline(found.passages().get(id), question) : headline,
                scores.getOrDefault(id, 0.0),
                row.getUUID("category_id"));
    }
}
