package io.switchboard.crm.contact;

import io.switchboard.kit.http.Versioned;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** Someone the organization talks to. Never moves to another organization. */
@Entity
@Table(name = "contacts")
@DynamicUpdate
public class Contact implements Versioned {
    @Id
    private UUID id;

    private UUID orgId;
    private String name;
    private String phone; // E.164, unique within the organization
    private String phoneAsGiven; // verbatim
    private String email;
    private String[] serviceInterests;

    @ColumnTransformer(read = "lead_score::text", write = "?::lead_score_type")
    private String leadScore;

    @ColumnTransformer(read = "lead_status::text", write = "?::lead_status_type")
    private String leadStatus;

    private OffsetDateTime lastContactAt;
    private String notes;

    @ColumnTransformer(read = "metadata::text", write = "?::text::jsonb")
    private String metadata;

    private boolean isBlocked;

    @Version
    private int version;

    protected Contact() {} // for Hibernate

    /** A new contact may begin with any lead status. */
    Contact(CallerContext caller, ContactForm form, @Nullable String normalized) {
        id = UuidV7.next();
        orgId = caller.orgId();
        revise(form, normalized);
    }

    /** The database refuses a lead that skips a step. */
    void revise(ContactForm form, @Nullable String normalized) {
        leadStatus = (form.leadStatus() == null ? LeadStatus.NEW : form.leadStatus()).wire();
        name = form.name();
        phone = normalized;
        phoneAsGiven = form.phone();
        email = form.email();
        serviceInterests = form.serviceInterests().toArray(String[]::new);
        leadScore = LeadScore.wire(form.leadScore());
        lastContactAt = form.lastContactAt();
        notes = form.notes();
        isBlocked = form.isBlocked();
        var given = new JsonObject(form.metadata());
        if (metadata == null || !new JsonObject(metadata).equals(given)) {
            metadata = given.encode();
        }
    }

    /** Whether the number is still the one that was given, or the one that is shown. */
    boolean hasGiven(@Nullable String phone) {
        return Objects.equals(phone, this.phone) || phone != null && phone.equals(phoneAsGiven);
    }

    @Nullable
    String phone() {
        return phone;
    }

    ContactForm form() {
        return new ContactForm(
                name,
                phoneAsGiven == null ? phone : phoneAsGiven,
                email,
                List.of(serviceInterests),
                LeadScore.of(leadScore),
                LeadStatus.of(leadStatus),
                lastContactAt,
                notes,
                isBlocked,
                new JsonObject(metadata).getMap());
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
