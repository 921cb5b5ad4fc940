package io.switchboard.voice.number;

import io.switchboard.kit.http.Versioned;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;

/** A phone number of the organization: which voice agent answers it, and whose its calls are. */
@Entity
@Table(name = "phone_numbers")
@DynamicUpdate
public class PhoneNumber implements Versioned {
    @Id
    private UUID id;

    private UUID orgId;
    private String number; // E.164, unique within the organization
    private String provider;
    private UUID agentId;
    private UUID clientId;
    private String label;

    @Version
    private int version;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime createdAt;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime updatedAt;

    protected PhoneNumber() {} // for Hibernate

    /** @param form with its number as E.164 */
    PhoneNumber(CallerContext caller, PhoneNumberForm form) {
        id = UuidV7.next();
        orgId = caller.orgId();
        revise(form);
    }

    void revise(PhoneNumberForm form) {
        number = form.number();
        provider = form.provider();
        agentId = form.agentId();
        clientId = form.clientId();
        label = form.label();
    }

    PhoneNumberForm form() {
        return new PhoneNumberForm(number, provider, agentId, clientId, label);
    }

    PhoneNumberView view() {
        return new PhoneNumberView(id, number, provider, agentId, clientId, label, createdAt, updatedAt, version);
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
