package io.switchboard.crm.knowledge;

import io.switchboard.kit.http.EnumParam;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An article in a list: as {@link ArticleView}, without content and metadata. */
public record ArticleItem(
        UUID id,
        String title,
        @Nullable UUID categoryId,
        @Nullable UUID authorId,
        List<String> tags,
        ArticleLanguage language,
        @Nullable OffsetDateTime publishedAt,

        @Nullable @Schema(description = "Whether readers see another text, or none. Staff only: null for others")
        Boolean hasUnpublishedChanges,

        OffsetDateTime createdAt,
        OffsetDateTime updatedAt) {

    static final String WORKING_COPY = "select id, title, category_id, author_id, tags, language::text, published_at,"
            + " is_changed, created_at, updated_at from kb_articles where org_id = $1";

    static final String PUBLISHED = "select article_id as id, title, category_id, author_id, tags, language::text,"
            + " published_at, null::boolean as is_changed, article_created_at as created_at, published_at as updated_at"
            + " from kb_versions where org_id = $1 and is_current";

    static final List<String> LONG_TEXTS = List.of("array_to_string(tags, '')");

    static ArticleItem of(Row row) {
        return new ArticleItem(
                row.getUUID("id"),
                row.getString("title"),
                row.getUUID("category_id"),
                row.getUUID("author_id"),
                List.of(row.getArrayOfStrings("tags")),
                EnumParam.fromWire(ArticleLanguage.class, row.getString("language")),
                row.getOffsetDateTime("published_at"),
                row.getBoolean("is_changed"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"));
    }
}
