package io.switchboard.crm.knowledge;

import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Versioned;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicUpdate;

/** An article's working copy. The database keeps what is published of it, see {@code publish_article}. */
@Entity
@Table(name = "kb_articles")
@DynamicUpdate
public class Article implements Versioned {
    @Id
    private UUID id;

    private UUID orgId;
    private String title;
    private String content;
    private UUID categoryId;
    private UUID authorId;
    private String[] tags;

    @ColumnTransformer(read = "metadata::text", write = "?::text::jsonb")
    private String metadata;

    @ColumnTransformer(read = "language::text", write = "?::kb_language")
    private String language;

    private OffsetDateTime publishedAt;

    @Column(insertable = false, updatable = false)
    private boolean isChanged; // readers see another text, or none

    @Version
    private int version;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime createdAt;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime updatedAt;

    protected Article() {} // for Hibernate

    Article(CallerContext caller, ArticleForm form) {
        id = UuidV7.next();
        orgId = caller.orgId();
        authorId = caller.userId();
        revise(form);
    }

    void revise(ArticleForm form) {
        title = form.title();
        content = form.content();
        categoryId = form.categoryId();
        tags = form.tags().toArray(String[]::new);
        language = form.language().wire();
        var given = new JsonObject(form.metadata());
        if (metadata == null || !new JsonObject(metadata).equals(given)) {
            metadata = given.encode();
        }
    }

    /** Nothing happens if readers see this text already. The database sets the time by its own clock. */
    void publish() {
        if (isChanged) {
            publishedAt = OffsetDateTime.now(ZoneOffset.UTC);
        }
    }

    /** Nothing happens if readers do not see it. */
    void unpublish() {
        publishedAt = null;
    }

    ArticleForm form() {
        return new ArticleForm(
                title,
                content,
                categoryId,
                List.of(tags),
                new JsonObject(metadata).getMap(),
                EnumParam.fromWire(ArticleLanguage.class, language));
    }

    ArticleView view() {
        var form = form();
        return new ArticleView(
                id,
                title,
                content,
                categoryId,
                authorId,
                form.tags(),
                form.metadata(),
                form.language(),
                publishedAt,
                isChanged,
                createdAt,
                updatedAt,
                version);
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public int version() {
        return version;
    }
}
