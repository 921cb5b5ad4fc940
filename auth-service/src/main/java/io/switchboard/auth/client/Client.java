package io.switchboard.auth.client;

import io.switchboard.auth.pin.NewPin;
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
import org.jspecify.annotations.Nullable;

/** A customer of an organization that signs in by PIN. */
@Entity
@Table(name = "clients")
@DynamicUpdate
public class Client implements Versioned {
    @Id
    private UUID id;

    private UUID orgId;
    private String companyName;
    private String contactEmail;
    private String pinHash;
    private String pinKeyId;
    private byte[] pinClaim; // taken by the database when it is written, which leaves null
    private boolean isActive;

    @Version
    private int version;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime createdAt;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime updatedAt;

    protected Client() {} // for Hibernate

    Client(CallerContext caller, NewClientForm form, NewPin pin) {
        id = UuidV7.next();
        orgId = caller.orgId();
        companyName = form.companyName();
        contactEmail = form.contactEmail();
        isActive = true;
        give(pin);
    }

    void revise(ClientForm form) {
        companyName = form.companyName();
        contactEmail = form.contactEmail();
        isActive = form.isActive();
    }

    /** Ends its sessions. Fails with {@code client_pin_taken} when it is written, if another client has the PIN. */
    void give(NewPin pin) {
        pinHash = pin.hash().phc();
        pinKeyId = pin.hash().keyId();
        pinClaim = pin.claim();
    }

    ClientForm form() {
        return new ClientForm(companyName, contactEmail, isActive);
    }

    ClientView view() {
        return view(null);
    }

    ClientView view(@Nullable String pin) {
        return new ClientView(id, companyName, contactEmail, isActive, createdAt, updatedAt, pin, version);
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
