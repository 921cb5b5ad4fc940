package io.switchboard.crm.knowledge;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.EnumParam;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was published of an article.
 *
 * @param number counts from 1 in the article
 * @param isCurrent whether readers see it
 * @param publishedBy the user; null where no user did
 * @param publishedAt the last time that readers got it
 */
public record ArticleVersionView(
        int number,
        String title,
        String content,
        @Nullable UUID categoryId,
        List<String> tags,
        Map<String, Object> metadata,
        ArticleLanguage language,
        boolean isCurrent,
        @Nullable UUID publishedBy,
        OffsetDateTime publishedAt,
        OffsetDateTime createdAt,
        @JsonIgnore UUID id) {

    static final String COLUMNS = "id, number, title, content, category_id, tags, nullif(metadata, '{}') as metadata,"
            + " language::text, is_current, published_by, published_at, created_at";

    static final List<String> LONG_TEXTS = List.of("content", "array_to_string(tags, '')", "metadata::text");

    static ArticleVersionView of(Row row) {
        return new ArticleVersionView(
                row.getInteger("number"),
                row.getString("title"),
                row.getString("content"),
                row.getUUID("category_id"),
                List.of(row.getArrayOfStrings("tags")),
                CategoryView.metadata(row),
                EnumParam.fromWire(ArticleLanguage.class, row.getString("language")),
                row.getBoolean("is_current"),
                row.getUUID("published_by"),
                row.getOffsetDateTime("published_at"),
                row.getOffsetDateTime("created_at"),
                row.getUUID("id"));
    }

    /** The version's text as the new values of a working copy that stays in its category. */
    ArticleForm form(@Nullable UUID category) {
        return new ArticleForm(title, content, category, tags, metadata, language);
    }
}
