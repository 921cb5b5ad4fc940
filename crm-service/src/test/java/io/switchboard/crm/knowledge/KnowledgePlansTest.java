package io.switchboard.crm.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Plans;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** At 40,000 articles PostgreSQL shows whether it must read more than it answers. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class KnowledgePlansTest {
    private static final UUID BIG = UUID.randomUUID();
    private static final UUID CATEGORY = UUID.randomUUID();
    private static final UUID AUTHOR = UUID.randomUUID();
    private static final UUID ARTICLE = id(1);

    /** One organization has 30,000, ten have 1,000 each. Every tenth is in the category, another is of the author. */
    private static final String FILL = """
            insert into kb_articles (org_id, id, title, content, category_id, author_id, tags, published_at)
            select case when n <= 30000 then '%s'::uuid else md5((n %% 10)::text)::uuid end,
                ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Plan ' || md5(n::text), 'word' || n %% 5000,
                case when n %% 10 = 0 then '%s'::uuid end, case when n %% 10 = 1 then '%s'::uuid else md5('a' || n %% 50)::uuid end,
                array['plan ' || n %% 3000], case when n %% 3 > 0 then timestamptz '2026-01-01 00:00Z' end
            from generate_series(1, 40000) n""";

    private static final String FILL_VERSIONS = """
            insert into kb_versions (org_id, article_id, number, title, content, category_id, author_id, tags, metadata, language, words,
                published_at, article_created_at)
            select org_id, id, 1, title, content, category_id, author_id, tags, metadata, language, to_tsvector('english', content),
                published_at, created_at
            from kb_articles where title like 'Plan %' and published_at is not null""";

    private static final String FILL_OLD_VERSIONS = """
            insert into kb_versions (org_id, article_id, id, number, title, content, tags, metadata, language, words, is_current,
                article_created_at)
            select '%s', '%s', ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, n, 'Plan', 'Text', '{}', '{}', 'english', '', false, now() from generate_series(2, 3000) n""";

    private static final String FILL_CATEGORIES = """
            insert into kb_categories (org_id, name, parent_id, description)
            select case when n <= 9000 then '%s'::uuid else md5((n %% 10)::text)::uuid end, 'Plan ' || md5(n::text),
                case when n %% 10 = 0 then '%s'::uuid end, 'plan' from generate_series(1, 10000) n""";

    @BeforeAll
    static void fill() {
        Sql.superuser()
                .withoutTriggers()
                .run(
                        FILL.formatted(BIG, CATEGORY, AUTHOR),
                        FILL_VERSIONS,
                        FILL_OLD_VERSIONS.formatted(BIG, ARTICLE),
                        FILL_CATEGORIES.formatted(BIG, CATEGORY),
                        "vacuum analyze kb_articles",
                        "vacuum analyze kb_versions",
                        "vacuum analyze kb_categories");
    }

    /** Other tests may read whole tables. */
    @AfterAll
    static void empty() {
        Sql.superuser()
                .withoutTriggers()
                .run(
                        "delete from kb_versions where title like 'Plan%'",
                        "delete from kb_articles where title like 'Plan%'",
                        "delete from kb_categories where description = 'plan'",
                        "vacuum analyze kb_versions",
                        "vacuum analyze kb_articles",
                        "vacuum analyze kb_categories");
    }

    @Test
    void a_page_of_articles_reads_its_own_rows() {
        try (var app = Sql.app(BIG, UUID.randomUUID(), "agent").open()) {
            for (var working : List.of(true, false)) {
                for (var filter : filters()) {
                    for (var after : Arrays.asList(null, new Cursor("", id(15_000)))) {
                        Plans.readsOnlyThePage(app, Articles.query(BIG, working, filter, Plans.page(after)));
                    }
                }
            }
        }
    }

    @Test
    void a_page_of_versions_and_of_categories_reads_its_own_rows() {
        try (var app = Sql.app(BIG, UUID.randomUUID(), "agent").open()) {
            for (var after : Arrays.asList(null, new Cursor("", id(1_500)))) {
                Plans.readsOnlyThePage(app, ArticleVersions.query(BIG, ARTICLE, Plans.page(after)));
            }
            for (var parent : Arrays.asList(null, CATEGORY)) {
                for (var after : Arrays.asList(null, new Cursor("Plan 7", UUID.randomUUID()))) {
                    Plans.readsOnlyThePage(app, Categories.query(BIG, parent, Plans.page(after)));
                }
            }
        }
    }

    /** What a function does is in no plan, but in the statistics. */
    @Test
    void searches_enter_by_their_indexes() {
        var before = scans();
        try (var app = Sql.app(BIG, UUID.randomUUID(), "agent").open()) {
            assertEquals(4, app.number("select count(*) from search_articles('word17', 50)"));
            assertEquals(1, app.number("select count(*) from articles_titled('c4ca4238a0b9', true)"));
            assertEquals(1, app.number("select count(*) from articles_titled('c4ca4238a0b9', false)"));
            assertEquals(10, app.number("select count(*) from articles_tagged('plan 7', true)"));
            assertEquals(10, app.number("select count(*) from articles_tagged('plan 7', false)"));
            app.run("select pg_stat_force_next_flush()");
            app.commit();
        }
        var after = scans();
        for (int i = 0; i < 2; i++) {
            assertEquals(before.get(i), after.get(i), "sequential scans");
        }
        for (int i = 2; i < after.size(); i++) {
            assertTrue(after.get(i) > before.get(i), "scans of index " + i);
        }
    }

    private static List<Long> scans() {
        var counters = new ArrayList<Long>();
        for (var table : List.of("kb_articles", "kb_versions")) {
            counters.add(counter("seq_scan from pg_stat_user_tables where relid = '" + table + "'::regclass"));
        }
        for (var index : List.of(
                "kb_versions_words",
                "kb_articles_title",
                "kb_versions_title",
                "kb_articles_tags",
                "kb_versions_tags")) {
            counters.add(counter("idx_scan from pg_stat_user_indexes where indexrelid = '" + index + "'::regclass"));
        }
        return counters;
    }

    private static long counter(String of) {
        return Sql.superuser().number("select " + of);
    }

    private static List<ArticleFilter> filters() {
        return List.of(
                filter(all -> {}),
                filter(published -> published.published = "true"),
                filter(drafts -> drafts.published = "false"),
                filter(ofCategory -> ofCategory.categoryId = CATEGORY.toString()),
                filter(ofAuthor -> ofAuthor.authorId = AUTHOR.toString()));
    }

    private static ArticleFilter filter(Consumer<ArticleFilter> values) {
        var filter = new ArticleFilter();
        values.accept(filter);
        return filter;
    }

    private static UUID id(long number) {
        return new UUID(0x7000L, 0x8000_0000_0000_0000L + number);
    }
}
