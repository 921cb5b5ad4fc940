package io.switchboard.auth.organization;

import com.fasterxml.jackson.core.type.TypeReference;
import io.switchboard.auth.organization.OrganizationForm.Hours;
import io.switchboard.kit.http.Versioned;
import io.switchboard.kit.member.Closure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.DatabindCodec;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicUpdate;

/** A tenant: the people, clients and settings of one customer. */
@Entity
@Table(name = "organizations")
@DynamicUpdate
public class Organization implements Versioned {
    private static final TypeReference<Map<String, List<Hours>>> HOURS = new TypeReference<>() {};

    @Id
    private UUID id;

    private String name;

    @Column(insertable = false, updatable = false)
    private String slug; // unique in the suite

    private String domain; // null if there is none

    @ColumnTransformer(read = "status::text", write = "?::organization_status")
    private String status;

    private String timeZone; // IANA
    private String defaultRegion; // ISO 3166

    @ColumnTransformer(read = "business_hours::text", write = "?::text::jsonb")
    private String businessHours;

    @ColumnTransformer(read = "closures::text", write = "?::text::jsonb")
    private String closures;

    private boolean requireTotp; // of admins

    @ColumnTransformer(read = "metadata::text", write = "?::text::jsonb")
    private String metadata;

    @Version
    private int version;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime createdAt;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime updatedAt;

    protected Organization() {} // for Hibernate

    void revise(OrganizationForm form) {
        name = form.name();
        domain = form.domain();
        timeZone = form.timeZone();
        defaultRegion = form.defaultRegion();
        businessHours = changed(businessHours, JsonObject.mapFrom(form.businessHours()));
        closures = changed(closures, Closure.json(form.closures()));
        requireTotp = form.requireTotp();
        metadata = changed(metadata, new JsonObject(form.metadata()));
    }

    /** Renames the organization, suspends it or activates it again; suspending ends all sessions. */
    void revise(OrganizationStatusForm form) {
        name = form.name();
        status = form.status();
    }

    /** The stored text as long as it says the same: the database writes JSON in its own way. */
    private static String changed(String stored, JsonObject next) {
        return new JsonObject(stored).equals(next) ? stored : next.encode();
    }

    private static String changed(String stored, JsonArray next) {
        return new JsonArray(stored).equals(next) ? stored : next.encode();
    }

    OrganizationForm form() {
        return new OrganizationForm(
                name,
                domain,
                timeZone,
                defaultRegion,
                DatabindCodec.mapper().convertValue(map(businessHours), HOURS),
                Closure.list(new JsonArray(closures)),
                requireTotp,
                map(metadata));
    }

    OrganizationStatusForm statusForm() {
        return new OrganizationStatusForm(name, status);
    }

    OrganizationView view() {
        return new OrganizationView(
                id,
                name,
                slug,
                domain,
                status,
                timeZone,
                defaultRegion,
                map(businessHours),
                Closure.list(new JsonArray(closures)),
                requireTotp,
                map(metadata),
                createdAt,
                updatedAt,
                version);
    }

    private static Map<String, Object> map(String json) {
        return new JsonObject(json).getMap();
    }

    String timeZone() {
        return timeZone;
    }

    boolean requiresTotp() {
        return requireTotp;
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
