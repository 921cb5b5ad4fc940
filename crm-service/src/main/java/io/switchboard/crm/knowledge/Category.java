package io.switchboard.crm.knowledge;

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
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicUpdate;

/** A place for articles, perhaps in another one. The database refuses one that would be below itself. */
@Entity
@Table(name = "kb_categories")
@DynamicUpdate
public class Category implements Versioned {
    @Id
    private UUID id;

    private UUID orgId;
    private String name;
    private String description;
    private UUID parentId;

    @ColumnTransformer(read = "metadata::text", write = "?::text::jsonb")
    private String metadata;

    @Version
    private int version;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime createdAt;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime updatedAt;

    protected Category() {} // for Hibernate

    Category(CallerContext caller, CategoryForm form) {
        id = UuidV7.next();
        orgId = caller.orgId();
        revise(form);
    }

    void revise(CategoryForm form) {
        name = form.name();
        description = form.description();
        parentId = form.parentId();
        var given = new JsonObject(form.metadata());
        if (metadata == null || !new JsonObject(metadata).equals(given)) {
            metadata = given.encode();
        }
    }

    CategoryForm form() {
        return new CategoryForm(name, description, parentId, new JsonObject(metadata).getMap());
    }

    CategoryView view() {
        return new CategoryView(
                id, name, description, parentId, new JsonObject(metadata).getMap(), createdAt, updatedAt, version);
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
