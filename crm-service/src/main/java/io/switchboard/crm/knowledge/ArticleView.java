package io.switchboard.crm.knowledge;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Versioned;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An article as it is shown: to staff the working copy, to others what is published.
 *
 * @param publishedAt when readers got what they see; null where they see nothing
 * @param hasUnpublishedChanges null for readers
 */
public record ArticleView(
        UUID id,
        String title,
        String content,
        @Nullable UUID categoryId,
        @Nullable UUID authorId,
        List<String> tags,
        Map<String, Object> metadata,
        ArticleLanguage language,
        @Nullable OffsetDateTime publishedAt,

        @Nullable @Schema(description = "Whether readers see another text, or none. Staff only: null for others")
        Boolean hasUnpublishedChanges,

        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonIgnore int version)
        implements Versioned {

    static final String WORKING_COPY =
            "select id, title, content, category_id, author_id, tags, nullif(metadata, '{}') as metadata, language::text,"
                    + " published_at, is_changed, created_at, updated_at, version from kb_articles where org_id = $1";

    static final String PUBLISHED = "select article_id as id, title, content, category_id, author_id, tags,"
            + " nullif(metadata, '{}') as metadata, language::text, published_at, null::boolean as is_changed,"
            + " article_created_at as created_at, published_at as updated_at, number as version"
            + " from kb_versions where org_id = $1 and is_current";

    static ArticleView of(Row row) {
        return new ArticleView(
                row.getUUID("id"),
                row.getString("title"),
                row.getString("content"),
                row.getUUID("category_id"),
                row.getUUID("author_id"),
                List.of(row.getArrayOfStrings("tags")),
                CategoryView.metadata(row),
                EnumParam.fromWire(ArticleLanguage.class, row.getString("language")),
                row.getOffsetDateTime("published_at"),
                row.getBoolean("is_changed"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                row.getInteger("version"));
    }
}
