package io.switchboard.crm.team;

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

/** People who look after the same tickets. The database keeps at most one default in an organization. */
@Entity
@Table(name = "teams")
@DynamicUpdate
public class Team implements Versioned {
    @Id
    private UUID id;

    private UUID orgId;
    private String name;
    private String description;

    @ColumnTransformer(read = "metadata::text", write = "?::text::jsonb")
    private String metadata;

    private boolean isDefault;

    @Version
    private int version;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime createdAt;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime updatedAt;

    protected Team() {} // for Hibernate

    Team(CallerContext caller, TeamForm form) {
        id = UuidV7.next();
        orgId = caller.orgId();
        revise(form);
    }

    void revise(TeamForm form) {
        name = form.name();
        description = form.description();
        isDefault = form.isDefault();
        var given = new JsonObject(form.metadata());
        if (metadata == null || !new JsonObject(metadata).equals(given)) {
            metadata = given.encode();
        }
    }

    TeamForm form() {
        return new TeamForm(name, description, new JsonObject(metadata).getMap(), isDefault);
    }

    TeamView view() {
        return new TeamView(
                id, name, description, new JsonObject(metadata).getMap(), isDefault, createdAt, updatedAt, version);
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
