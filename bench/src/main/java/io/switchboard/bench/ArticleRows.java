package io.switchboard.bench;

import java.util.List;
import java.util.Map;

/** 10,000 published articles in the database, all of one organization, each of one chunk with a vector. */
final class ArticleRows {
    static final int ARTICLES = 10_000;
    static final List<String> WORDS =
            List.of(Script.of("words.txt", Map.of()).strip().split("\\s+"));

    private static final int WORDS_OF_ONE = 60;
    private static final int DIMENSIONS = 384;

    private ArticleRows() {}

    /**
     * Writes them past triggers and row level security, as a restored dump would be. Their vectors have random directions, by the
     * model that one article has been embedded with.
     */
    static void load(OwnSuite suite, Tenants.Tenant tenant) {
        suite.run(
                "select setseed(0.5)",
                """
                create table public.bench_articles as
                select n, ('0198b5a0-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id, 'About ' || words[1] || ' and ' || words[2]
                    as title, array_to_string(words, ' ') || '.' as content
                from (
                    select n, array_agg(w.words[1 + floor(random() * cardinality(w.words))::int]) as words
                    from (select string_to_array('%s', ' ') as words) w, generate_series(1, %d) n, generate_series(1, %d) nth group by n
                ) made
                """.formatted(String.join(" ", WORDS), ARTICLES, WORDS_OF_ONE),
                """
                set session_replication_role = replica;
                insert into crm.kb_articles (org_id, id, title, content, published_at, is_changed)
                select '%1$s', id, title, content, now(), false from public.bench_articles;
                insert into crm.kb_versions
                    (org_id, article_id, number, title, content, tags, metadata, language, words, article_created_at)
                select '%1$s', id, 1, title, content, '{}', '{}', 'english',
                    setweight(to_tsvector('pg_catalog.english', title), 'A') || setweight(to_tsvector('pg_catalog.english', content), 'D'),
                    now()
                from public.bench_articles;
                insert into crm.kb_chunks (org_id, article_id, nth, text, model, vector, revision)
                select '%1$s', a.id, 1, a.title || e'\\n' || a.content, e.model, v.vector, e.revision + 1
                from public.bench_articles a
                cross join (select model, revision from crm.kb_chunks where org_id = '%1$s' and vector is not null limit 1) e
                cross join lateral (
                    select string_agg(float4send((x / norm)::real), '') as vector
                    from (select x, sqrt(sum(x * x) over ()) as norm
                        from (select random() - 0.5 + a.n * 0 as x from generate_series(1, %2$d)) numbers) scaled) v;
                update crm.kb_chunk_revisions set revision = (select max(revision) from crm.kb_chunks) where org_id = '%1$s'
                """.formatted(tenant.orgId(), DIMENSIONS),
                "vacuum (analyze) crm.kb_articles",
                "vacuum (analyze) crm.kb_versions",
                "vacuum (analyze) crm.kb_chunks",
                "checkpoint");
    }
}
